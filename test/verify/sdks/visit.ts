import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../../core/contract/api-error.ts';
import type { Client } from '../../../core/contract/client.ts';
import type { TrackedEvent } from '../../../core/contract/events.ts';
import { channelOf } from '../../../core/model/channel.ts';
import type { Profile } from '../../../core/model/profile.ts';
import { until } from '../../fixtures/until.ts';
import type { Gate } from './gate.ts';
import type { Sdk, SdkClient, Values } from './sdk-client.ts';

/** What one call came to: `absent` where the SDK does not have it. */
export type Outcome = 'holds' | 'fails' | 'absent';

/** By the name of the call. */
export type Outcomes = Map<string, Outcome>;

interface Seen {
  profile: Profile;
  events: TrackedEvent[];
}

interface Step {
  /** `undefined`: the SDK has no such call. */
  call?: (client: SdkClient, userId: string) => Promise<void> | undefined;
  /** Read back through the API when everything has had its effect. */
  holds: (seen: Seen, userId: string, anonymousId: string) => boolean;
}

const orderOf = (orderId: string, revenue: number): Values => ({
  order_id: orderId,
  revenue,
  total: revenue + 10,
  currency: 'USD',
  products: [{ product_id: 'sku-1', name: 'Chair', price: revenue / 2, quantity: 2 }],
});

const traitsOf = (userId: string): Values => ({
  email: `${userId}@example.com`,
  first_name: 'Ada',
  lastName: 'Lovelace',
  plan: 'pro',
  address: { city: 'London', country: 'GB' },
});

const has = (events: readonly TrackedEvent[], type: string, about: (event: TrackedEvent) => boolean): boolean =>
  events.filter(event => event.type === type && about(event)).length === 1;

const fits = (whole: object, part: object): boolean =>
  Object.entries(part).every(([name, value]) => isDeepStrictEqual((whole as Record<string, unknown>)[name], value));

const callIn = ({ context }: TrackedEvent): unknown => (context?.call as { type?: unknown } | undefined)?.type;

/** A browser tells where a visit came from, a server does not. */
const cameFrom = (event: TrackedEvent): boolean =>
  event.source !== 'web' || channelOf({ ...event, context: event.context }) === 'email';

/** A visit from the first page to an order, in every call that an SDK may have, and what each must have come to. */
const steps: Record<string, Step> = {
  page: {
    call: client => client.page('Sale', { category: 'Campaigns' }),
    holds: ({ events }) =>
      has(
        events,
        'page_view',
        event => callIn(event) === 'page' && event.properties.name === 'Sale' && cameFrom(event),
      ),
  },
  screen: {
    call: client => client.screen?.('Basket', { variant: 'dark' }),
    holds: ({ events }) =>
      has(events, 'page_view', event => callIn(event) === 'screen' && event.properties.page === 'Basket'),
  },
  'track, anonymous': {
    call: client => client.track('Product Viewed', { product_id: 'sku-1', price: 49.75 }),
    holds: ({ events }) => has(events, 'product_view', ({ properties }) => properties.productId === 'sku-1'),
  },
  alias: {
    call: (client, userId) => client.alias?.(userId),
    holds: ({ profile, events }, _userId, anonymousId) =>
      has(events, 'alias', ({ properties }) => properties.previousId === anonymousId) &&
      (profile.externalIds.anonymousIds ?? []).includes(anonymousId),
  },
  identify: {
    call: (client, userId) => client.identify(userId, traitsOf(userId)),
    holds: ({ profile: { attributes, externalIds }, events }, userId, anonymousId) =>
      has(events, 'identify', () => true) &&
      fits(attributes, { firstName: 'Ada', lastName: 'Lovelace', city: 'London', country: 'GB' }) &&
      fits(externalIds, { customerId: userId, email: `${userId}@example.com`, anonymousIds: [anonymousId] }) &&
      attributes.customFields.plan === 'pro',
  },
  group: {
    call: client => client.group('company-1', { name: 'Analytical Engines', industry: 'Computing' }),
    holds: ({ profile: { attributes }, events }) =>
      has(events, 'group', ({ properties }) => properties.groupId === 'company-1') &&
      attributes.company === 'Analytical Engines' &&
      fits(attributes.customFields, { company_id: 'company-1', company_industry: 'Computing' }),
  },
  'track, order': {
    call: (client, userId) => client.track('Order Completed', orderOf(`first-${userId}`, 99.5)),
    holds: ({ events }, userId) =>
      has(events, 'purchase', ({ properties }) => fits(properties, { orderId: `first-${userId}`, amount: 99.5 })),
  },
};

/** What is called once more, while the answer is lost. */
const again: Step = {
  call: (client, userId) => client.track('Order Completed', orderOf(`second-${userId}`, 100.25)),
  holds: ({ profile, events }, userId) =>
    has(events, 'purchase', ({ properties }) => properties.orderId === `second-${userId}`) &&
    profile.computed.ltv === 199.75 &&
    profile.computed.purchaseCount === 2,
};

const find = async (api: Client, userId: string): Promise<Profile | undefined> => {
  try {
    return await api.lookupProfile({ query: { type: 'customerId', value: userId } });
  } catch (refusal) {
    if (refusal instanceof ApiError && refusal.status === 404) return undefined;
    throw refusal;
  }
};

const see = async (api: Client, userId: string): Promise<Seen | undefined> => {
  const profile = await find(api, userId);
  if (!profile) return undefined;
  const { items } = await api.listProfileEvents({ params: { id: profile.id }, query: { limit: 100 } });
  return { profile, events: items };
};

const secondsMax = 30;

/** Waits for as many events as were called, and a moment longer for one that should not be there. */
const seeAll = async (api: Client, userId: string, count: number): Promise<Seen> => {
  let seen: Seen | undefined;
  await until(
    `${count} events of ${userId}`,
    async () => {
      seen = await see(api, userId);
      return (seen?.events.length ?? 0) >= count;
    },
    secondsMax,
  );
  if (!seen) throw new Error(`${userId} was not found`);
  return seen;
};

export interface Place {
  gate: Gate;
  api: Client;
  writeKey: string;
  /** Keeps the people of one run apart from those of another. */
  run: string;
}

/** Plays a visit with an SDK and tells what each of its calls has come to. */
export const visit = async (sdk: Sdk, { gate, api, writeKey, run }: Place): Promise<Outcomes> => {
  const [userId, anonymousId] = [`user-${run}`, `anon-${run}`];
  const client = await sdk.open({ url: gate.url, writeKey, anonymousId });
  const outcomes: Outcomes = new Map();
  try {
    const called: string[] = [];
    for (const [name, { call }] of Object.entries(steps)) {
      const made = call?.(client, userId);
      await made;
      if (made === undefined) outcomes.set(name, 'absent');
      else called.push(name);
    }
    await client.flush();
    const seen = await seeAll(api, userId, called.length);
    for (const name of called) {
      outcomes.set(name, steps[name]?.holds(seen, userId, anonymousId) ? 'holds' : 'fails');
    }
    outcomes.set('ltv', seen.profile.computed.ltv === 99.5 ? 'holds' : 'fails');
    outcomes.set('nothing else', seen.events.length === called.length ? 'holds' : 'fails');
    outcomes.set('500 and retry', await retry(sdk, client, { gate, api, userId, count: called.length + 1 }));
  } finally {
    await client.close();
  }
  return outcomes;
};

interface Retry {
  gate: Gate;
  api: Client;
  userId: string;
  /** Of the events that there must be afterwards. */
  count: number;
}

/** The next call reaches the platform twice where the SDK tries again, and must count once. */
const retry = async (sdk: Sdk, client: SdkClient, { gate, api, userId, count }: Retry): Promise<Outcome> => {
  gate.loseAnswer();
  await again.call?.(client, userId);
  await client.flush();
  if (sdk.retries) await until(`${sdk.name} to try again`, () => gate.retried > 0, 60);
  const seen = await seeAll(api, userId, count);
  const settled = await seeAll(api, userId, count);
  const holds = settled.events.length === count && again.holds(seen, userId, '') && again.holds(settled, userId, '');
  return holds ? 'holds' : 'fails';
};
