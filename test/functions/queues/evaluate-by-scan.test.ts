import { expect, test, vi } from 'vitest';
import { createSegment } from '../../../core/flows/create-segment.ts';
import { rewriteSnapshot } from '../../../core/flows/rewrite-snapshot.ts';
import { startParts } from '../../../core/flows/start-parts.ts';
import { updateProfile } from '../../../core/flows/update-profile.ts';
import { updateSegment } from '../../../core/flows/update-segment.ts';
import type { Condition, Group } from '../../../core/language/condition.ts';
import type { SegmentRules } from '../../../core/language/segment-rules.ts';
import { QueryTooSlow } from '../../../core/ports/query-engine.ts';
import type { Services } from '../../../functions/kit/services.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const people = 40;
const at = (daysAgo: number): string =>
  new Date(Date.parse('2026-02-15T11:00:00.000Z') - daysAgo * 86_400_000).toISOString();

/** People of whom each bought for another amount, some lately, and the snapshot that tells of them. */
const opened = async (options: LoopOptions = {}) => {
  const loop = new Loop(options);
  await loop.fold(
    Array.from({ length: people }, (_, number) => [
      customerEvent(`c${number}`, { amount: number, at: at(number) }),
      customerEvent(`c${number}`, { traits: { city: number % 2 === 0 ? 'Bern' : 'Basel' }, at: at(number) }),
      ...(number % 4 === 0 ? [customerEvent(`c${number}`, { amount: 1, at: at(1) })] : []),
    ]).flat(),
  );
  await loop.run();
  await rewriteSnapshot(loop.services);
  const reads = vi.spyOn(loop.services.profiles, 'listPartition');
  const make = (rules: Condition, type: 'rule-based' | 'behavioral' = 'rule-based') =>
    createSegment({ name: 'Segment', type, rules: rules as SegmentRules }, loop.services);
  const size = (id: string) => loop.services.memberships.count(id);
  return { loop, reads, make, size };
};

const group = (operator: 'AND' | 'OR' | 'NOT', ...conditions: Condition[]): Group => ({ operator, conditions });
const over = (value: number): Condition => ({ field: 'computed.ltv', operator: '>=', value });
const bought = (more: object): Condition => ({ event: 'purchase', ...more });

test.each<[string, Condition, number, boolean]>([
  ['fields alone', group('AND', over(30)), 10, true],
  [
    'a city and an amount',
    group('AND', over(20), { field: 'attributes.city', operator: '=', value: 'Bern' }),
    10,
    true,
  ],
  ['what is not', group('NOT', over(30)), 30, true],
  ['a count of events', bought({ count: { min: 2 } }), 10, true],
  ['events of the last days', bought({ timeWindow: 7 }), 15, true],
  ['a sum of events', bought({ sum: { min: 35 } }), 5, true],
  ['a property of events', bought({ where: { field: 'properties.amount', operator: '>', value: 37 } }), 2, true],
  [
    'a day within the last',
    group('AND', { field: 'computed.lastPurchaseDate', operator: 'within_last', value: 7 }),
    15,
    true,
  ],
  ['absence, for which everybody is looked at', group('NOT', bought({ timeWindow: 7 })), 25, false],
])('%s: the members are those that looking at everybody gives', async (_, rules, members, scanned) => {
  const { loop, reads, make, size } = await opened({ seed: members });
  const { id, jobId } = await make(rules, 'event' in rules ? 'behavioral' : 'rule-based');
  await loop.run();
  expect(await size(id)).toBe(members);
  expect((await loop.services.jobs.get(jobId))?.status).toBe('completed');
  expect(reads.mock.calls.length === 0).toBe(scanned);
});

test('a definition that changes: whoever fits no longer leaves, whoever fits now enters', async () => {
  const { loop, reads, make, size } = await opened();
  const { id } = await make(group('AND', over(30)));
  await loop.run();
  await updateSegment(
    { id, patch: { rules: group('AND', { field: 'computed.ltv', operator: '<', value: 5 }) } },
    loop.services,
  );
  await loop.run();
  expect(await size(id)).toBe(4);
  expect(reads).not.toHaveBeenCalled();
});

test('every message twice, and all of them once more: nothing changes', async () => {
  const { loop, make, size } = await opened({ twice: true, seed: 5 });
  const { id } = await make(group('AND', over(30)));
  await loop.run();
  expect(await size(id)).toBe(10);
  const before = loop.contents();
  await loop.redeliverEverything();
  expect(differences(before, loop.contents())).toEqual([]);
});

test('whom a request changed, of whom the snapshot was told nothing yet, is found as they are', async () => {
  const { loop, make, size } = await opened();
  const [id = ''] = (await loop.services.profiles.list(1)).ids;
  const edit = () => ({ attributes: { city: 'Brig' }, identifiers: [], computed: {} });
  const brig = await make(group('AND', { field: 'attributes.city', operator: '=', value: 'Brig' }));
  await updateProfile({ id, edit, requestId: 'request-1' }, loop.services);
  loop.skipChanges();
  const { services } = loop;
  const job = await services.jobs.get(brig.jobId);
  if (job) await startParts(job, services.queues);
  await loop.run();
  expect(await size(brig.id)).toBe(1);
});

test('who changed a moment before, followed by nobody with the new definition, is looked at again when the snapshot was told', async () => {
  let untold = true;
  const { loop, make, size } = await opened({
    overrides: ({ queryEngine }) => ({
      queryEngine: {
        ask: async (...given) => (untold ? { rows: [], asOf: 0 } : queryEngine.ask(...given)),
      },
    }),
  });
  await loop.fold([customerEvent('c1', { amount: 500, at: at(0) })]);
  await loop.run();
  const { id } = await make(group('AND', over(400)));
  await loop.work(40);
  untold = false;
  await loop.run();
  expect(await size(id)).toBe(1);
});

test('a scan that takes more than it may is given up for looking at everybody', async () => {
  const tooSlow: Services['queryEngine'] = {
    ask: async () => {
      throw new QueryTooSlow('stopped');
    },
  };
  const { loop, reads, make, size } = await opened();
  Object.defineProperty(loop.services, 'queryEngine', { value: tooSlow });
  const { id } = await make(group('AND', over(30)));
  await loop.work(60);
  expect(await size(id)).toBe(10);
  expect(reads).toHaveBeenCalled();
});
