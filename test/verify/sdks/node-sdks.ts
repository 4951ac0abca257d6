import { jitsuAnalytics } from '@jitsu/js';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics as SegmentAnalytics } from '@segment/analytics-node';
import type { Sdk, SdkClient } from './sdk-client.ts';

const done = async (): Promise<void> => undefined;

/** Servers name the person in every call: the anonymous id until somebody is identified. */
class Person {
  readonly anonymousId: string;
  #userId: string | undefined;

  constructor(anonymousId: string) {
    this.anonymousId = anonymousId;
  }

  become(userId: string): { userId: string; anonymousId: string } {
    this.#userId = userId;
    return { userId, anonymousId: this.anonymousId };
  }

  get ids() {
    return this.#userId === undefined ? { anonymousId: this.anonymousId } : { userId: this.#userId };
  }
}

const onServer = { where: 'server', retries: true, flushes: true, batches: true } as const;

export const segmentNode: Sdk = {
  name: '@segment/analytics-node',
  ...onServer,
  open: async ({ url, writeKey, anonymousId }): Promise<SdkClient> => {
    const sdk = new SegmentAnalytics({ writeKey, host: url, flushInterval: 200 });
    const person = new Person(anonymousId);
    return {
      anonymousId: async () => anonymousId,
      page: async (name, properties) => sdk.page({ ...person.ids, name, properties }),
      screen: async (name, properties) => sdk.screen({ ...person.ids, name, properties }),
      identify: async (userId, traits) => sdk.identify({ ...person.become(userId), traits }),
      track: async (event, properties) => sdk.track({ ...person.ids, event, properties }),
      group: async (groupId, traits) => sdk.group({ ...person.ids, groupId, traits }),
      alias: async userId => sdk.alias({ userId: person.become(userId).userId, previousId: anonymousId }),
      flush: () => sdk.flush({ timeout: 60_000 }),
      close: () => sdk.closeAndFlush({ timeout: 60_000 }),
    };
  },
};

export const rudderNode: Sdk = {
  name: '@rudderstack/rudder-sdk-node',
  ...onServer,
  open: async ({ url, writeKey, anonymousId }): Promise<SdkClient> => {
    const sdk = new RudderAnalytics(writeKey, { dataPlaneUrl: url, flushInterval: 200, logLevel: 'error' });
    const person = new Person(anonymousId);
    return {
      anonymousId: async () => anonymousId,
      page: async (name, properties) => void sdk.page({ ...person.ids, name, properties }),
      screen: async (name, properties) => void sdk.screen({ ...person.ids, name, properties }),
      identify: async (userId, traits) => void sdk.identify({ ...person.become(userId), traits }),
      track: async (event, properties) => void sdk.track({ ...person.ids, event, properties }),
      group: async (groupId, traits) => void sdk.group({ ...person.ids, groupId, traits }),
      alias: async userId => void sdk.alias({ userId: person.become(userId).userId, previousId: anonymousId }),
      flush: () => sdk.flush(),
      close: () => sdk.flush(),
    };
  },
};

export const jitsuNode: Sdk = {
  name: '@jitsu/js (server)',
  ...onServer,
  ...{ retries: false, flushes: false, batches: false },
  open: async ({ url, writeKey, anonymousId }): Promise<SdkClient> => {
    const sdk = jitsuAnalytics({ host: url, writeKey: `${writeKey}:server`, s2s: true, fetch });
    sdk.setAnonymousId(anonymousId);
    return {
      anonymousId: async () => anonymousId,
      page: async (name, properties) => void (await sdk.page({ name, ...properties })),
      identify: async (userId, traits) => void (await sdk.identify(userId, traits)),
      track: async (event, properties) => void (await sdk.track(event, properties)),
      group: async (groupId, traits) => void (await sdk.group(groupId, traits)),
      flush: done,
      close: done,
    };
  },
};
