import { expect, test } from 'vitest';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lakeRows } from '../../fixtures/lake-rows.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const hour = 3_600_000;
const day = { from: Date.parse('2026-02-15'), until: Date.parse('2026-02-16') };

const run = async (loop: Loop, job: typeof mergeLake): Promise<void> => {
  provideServices(loop.services);
  await job({} as never, lambdaContext);
};

const folded = async (loop: Loop, customer: string, events: number): Promise<void> => {
  const one = () => customerEvent(customer, { amount: 1, at: '2026-02-15T11:00:00.000Z' });
  await loop.fold(Array.from({ length: events }, one));
  await loop.run();
};

/** Two events of each of some people, in a run; their ids in order. */
const opened = async (people: number) => {
  const loop = new Loop();
  const customers = Array.from({ length: 2 * people }, (_, index) => `customer${index % people}`);
  await loop.fold(customers.map(customer => customerEvent(customer, { amount: 1, at: '2026-02-15T10:00:00.000Z' })));
  await loop.run();
  await run(loop, mergeLake);
  await run(loop, compactLake);
  const owners = await loop.services.profiles.ownersOf(customers.map(customer => `customerId#${customer}`));
  return { loop, ids: [...new Set(owners.values())].sort() };
};

let version = 100;
/** Makes a profile another's, or its own again, and tells the lake in an object of its own. */
const move = async (loop: Loop, id: string, into?: string): Promise<void> => {
  version += 1;
  const head = await loop.table.get({ pk: `P#${id}`, sk: 'H' });
  const { mergedInto: _before, ...own } = (head?.h ?? {}) as Record<string, unknown>;
  const h = { ...own, version, life: into === undefined ? 'live' : 'merged', ...(into ? { mergedInto: into } : {}) };
  await loop.table.write({ kind: 'put', item: { pk: `P#${id}`, sk: 'H', h } as never });
  await loop.run();
};

/** Who has how many events, as readers are told. */
const eventsOf = async ({ services }: Loop, ids: readonly string[]): Promise<number[]> => {
  const counts: number[] = [];
  for (const profileId of ids) {
    const { events } = await services.eventLake.page({ ...day, profileId, limit: 100 });
    counts.push(events.length);
  }
  return counts;
};

const aliasRows = async ({ services }: Loop, keys: readonly string[]) => {
  const session = await openLakeSession(services.lake);
  try {
    const paths: string[] = [];
    for (const key of keys) paths.push(quoted((await session.fetch(key)) ?? ''));
    return await session.rows(`SELECT "profileId", life, "into" FROM read_parquet([${paths.join(', ')}])`);
  } finally {
    await session.close();
  }
};

test('files of aliases become one at the eighth; readers are told the same before, after, and when the old ones are gone', async () => {
  const { loop, ids } = await opened(10);
  const [kept = '', ...others] = ids;
  const told = [16, 2, 2, 2, 2, 2, 2, 2, 2, 2];
  for (const id of others.slice(0, 7)) {
    await move(loop, id, kept);
    await run(loop, mergeLake);
  }
  await run(loop, compactLake);
  expect(await loop.services.lakePartitions.aliases()).toMatchObject({ base: [], merged: Array(7).fill({ rows: 1 }) });
  expect(await eventsOf(loop, ids)).toEqual(told);

  await move(loop, others[0] ?? '');
  await run(loop, mergeLake);
  await move(loop, others[0] ?? '', kept);
  await run(loop, mergeLake);
  await run(loop, compactLake);
  const { base, merged, retired } = await loop.services.lakePartitions.aliases();
  expect({ files: base.length, merged, retired: retired.flatMap(({ keys }) => keys).length }).toEqual({
    files: 1,
    merged: [],
    retired: 9,
  });
  expect(await eventsOf(loop, ids)).toEqual(told);

  loop.clock.advance(2 * hour);
  await run(loop, compactLake);
  expect((await loop.services.lakePartitions.aliases()).retired).toEqual([]);
  const left: string[] = [];
  for await (const { key } of loop.services.lake.list('aliases/')) left.push(key);
  expect(left).toEqual(base.map(({ key }) => key));
  expect(await eventsOf(loop, ids)).toEqual(told);
}, 30_000);

test('who was merged and is not any more has their own events again, wherever runs have them', async () => {
  const { loop, ids } = await opened(3);
  const [first = '', second = '', third = ''] = ids;
  await move(loop, first, third);
  await folded(loop, 'somebody else', 4);
  await run(loop, mergeLake);
  await run(loop, compactLake);
  const owners = async () => {
    const rows = await lakeRows(loop.services);
    return new Set(rows.filter(({ profileId }) => profileId === first).map(({ personId }) => personId));
  };
  expect(await owners()).toEqual(new Set([third]));
  expect(await eventsOf(loop, ids)).toEqual([2, 2, 4]);

  await move(loop, first);
  expect(await eventsOf(loop, ids)).toEqual([2, 2, 2]);
  await run(loop, mergeLake);
  for (let other = 0; other < 8; other += 1) {
    await move(loop, second, third);
    await move(loop, second);
    await run(loop, mergeLake);
  }
  await run(loop, compactLake);
  const { base, merged } = await loop.services.lakePartitions.aliases();
  expect(merged).toEqual([]);
  const ofFirst = (
    await aliasRows(
      loop,
      base.map(({ key }) => key),
    )
  ).filter(({ profileId }) => profileId === first);
  expect(ofFirst).toEqual([
    { profileId: first, life: 'merged', into: third },
    { profileId: first, life: 'live', into: null },
  ]);
  expect(await owners()).toEqual(new Set([third]));
  expect(await eventsOf(loop, ids)).toEqual([2, 2, 2]);

  await folded(loop, 'somebody new', 8);
  await run(loop, mergeLake);
  await run(loop, compactLake);
  expect(await owners()).toEqual(new Set([first]));
  expect(await eventsOf(loop, ids)).toEqual([2, 2, 2]);
}, 30_000);
