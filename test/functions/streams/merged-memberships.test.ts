import { expect, test } from 'vitest';
import { mergeProfiles } from '../../../core/flows/merge-profiles.ts';
import { unmergeProfiles } from '../../../core/flows/unmerge-profiles.ts';
import { webhookFacts } from '../../../core/flows/webhook-facts.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const openScene = async () => {
  const loop = new Loop();
  const { id: segmentId } = await loop.segment({
    operator: 'AND',
    conditions: [{ field: 'computed.ltv', operator: '>', value: 50 }],
  });
  await loop.fold([customerEvent('a', { amount: 40 }), customerEvent('b', { amount: 60 })]);
  await loop.run();
  const owner = async (customer: string) =>
    (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';
  const [a, b] = [await owner('a'), await owner('b')];
  const members = async () =>
    (await loop.services.memberships.members(segmentId, 10)).members.map(({ profileId }) => profileId);
  return { loop, a, b, members };
};

test('whoever is merged leaves its segments, the one who goes on is in those that both fit, and undone it is as before', async () => {
  const { loop, a, b, members } = await openScene();
  expect(await members()).toEqual([b]);
  const tools = { ...loop.services, ...loop.services.settings };
  const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
  const { mergeIds } = await mergeProfiles(
    { profileIds: [b], primaryProfileId: a, strategy: 'most_recent', reason },
    tools,
  );
  await loop.run();
  expect(await members()).toEqual([a]);
  await unmergeProfiles({ mergeId: mergeIds[0] ?? '', reason: 'two people', by: 'key-1' }, tools);
  await loop.run();
  expect(await members()).toEqual([b]);
  const facts = webhookFacts(loop.services.commitsIn(loop.changes)).filter(({ type }) => /merged/.test(type));
  expect(facts).toMatchObject([
    { type: 'profile.merged', subject: b, data: { mergedInto: a } },
    { type: 'profile.unmerged', subject: b },
  ]);
  const counted = await loop.services.counters.totals();
  expect(counted).toMatchObject({ profiles: 2, events: 2 });
  expect(Object.values(counted.byDay)).toEqual([{ profiles: 2, events: 2 }]);
});

test('what both did counts together for the one who goes on, and undone for nobody', async () => {
  const { loop, a, b } = await openScene();
  const { id } = await loop.segment({
    operator: 'AND',
    conditions: [{ event: 'purchase', count: { min: 2 }, timeWindow: 30 }],
  });
  await loop.run();
  const members = async () => (await loop.services.memberships.members(id, 10)).members;
  expect(await members()).toEqual([]);
  const tools = { ...loop.services, ...loop.services.settings };
  const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
  const wish = { profileIds: [b], primaryProfileId: a, strategy: 'most_recent' as const, reason };
  const { mergeIds } = await mergeProfiles(wish, tools);
  await loop.run();
  expect(await members()).toMatchObject([{ profileId: a }]);
  await unmergeProfiles({ mergeId: mergeIds[0] ?? '', reason: 'two people', by: 'key-1' }, tools);
  await loop.run();
  expect(await members()).toEqual([]);
});
