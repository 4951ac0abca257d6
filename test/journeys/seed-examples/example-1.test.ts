import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { grantedScopes } from '../../../core/model/caller.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { gatewayClient } from '../../fixtures/gateway-client.ts';
import { addKey } from '../../fixtures/platform-keys.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { readExample, runExample } from './run-example.ts';

/** A slip of the printed client: it reads a member of an answer that it has not parsed. */
const slip = 'segment.data.id';
const printed = readExample(readFileSync(join(import.meta.dirname, 'example-1.md'), 'utf8'));
const code = printed.replace(slip, '(await segment.json()).data.id');

const secondMs = 1000;

/** Everything behind the API in memory; what is tracked waits until the worker is let at it. */
const openScene = async () => {
  const tracked: AcceptedEvent[] = [];
  const loop = new Loop({ overrides: () => ({ events: { put: async events => void tracked.push(...events) } }) });
  const { services } = loop;
  const key = await addKey(services, { scopes: grantedScopes });
  const work = async () => {
    await loop.fold(tracked.splice(0));
    await loop.run();
    provideServices(services);
  };
  return { loop, services, key, work, tracked };
};

test('the printed code has the one slip that is mended, and nothing else is', () => {
  expect(printed.split(slip)).toHaveLength(2);
  expect(code.replace('(await segment.json()).data.id', slip)).toBe(printed);
});

test.each([
  { name: 'the worker comes before the PUT', workerFirst: true },
  { name: 'the PUT comes before the worker', workerFirst: false },
])('Example 1, where $name, ends with ltv 299.99, one purchase, one member, one audience', async ({ workerFirst }) => {
  const { loop, services, key, work, tracked } = await openScene();
  const foldedBeforePut: boolean[] = [];
  provideServices(services);
  await runExample(code, {
    key,
    now: () => loop.clock.at,
    before: async request => {
      loop.clock.advance(secondMs);
      if (!request.startsWith('PUT')) return;
      if (workerFirst) await work();
      foldedBeforePut.push(tracked.length === 0);
      loop.clock.advance(secondMs);
    },
  });
  await work();
  expect(foldedBeforePut).toEqual([workerFirst]);

  const client = gatewayClient(key);
  const [profiles, segments, audiences] = [client.listProfiles(), client.listSegments(), client.listAudiences()];
  const [profile, ...otherProfiles] = (await profiles).items;
  const [segment, ...otherSegments] = (await segments).items;
  const [audience, ...otherAudiences] = (await audiences).items;
  expect([otherProfiles, otherSegments, otherAudiences]).toEqual([[], [], []]);
  expect(profile?.computed).toMatchObject({ ltv: 299.99, purchaseCount: 1, aov: 299.99 });
  expect(profile?.attributes).toMatchObject({ firstName: 'Jane', tags: ['customer', 'first-purchase'] });
  expect(profile?.consent).toMatchObject({ email: true, tracking: true });
  expect(profile?.segments).toEqual([segment?.id]);
  const { items: members } = await client.listMembers({ params: { id: segment?.id ?? '' } });
  expect(members.map(({ profileId }) => profileId)).toEqual([profile?.id]);
  expect(audience).toMatchObject({ segmentIds: [segment?.id], platforms: ['facebook', 'google'] });
  const { items: timeline } = await client.listProfileEvents({ params: { id: profile?.id ?? '' } });
  expect(timeline).toHaveLength(4);
});
