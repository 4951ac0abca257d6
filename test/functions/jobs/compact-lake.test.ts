import { expect, test } from 'vitest';
import { restoreEvent } from '../../../core/engines/lake/restore-event.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { LakeEvent, SealedParts } from '../../../core/model/lake-event.ts';
import type { LakeCodes } from '../../../core/model/lake-partition.ts';
import { gzipHotFiles } from '../../../functions/adapters/lake/write/gzip-hot-files.ts';
import { openLakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { provideServices } from '../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { lakeRows } from '../../fixtures/lake-rows.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const hour = 3_600_000;
const events = (count: number): AcceptedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    ...customerEvent(`customer${index % 5}`, {
      ...(index % 4 === 0 ? { amount: 10.25 } : { type: 'page_view' }),
      at: `2026-02-1${3 + (index % 3)}T10:00:00.${String(index % 7).padStart(3, '0')}Z`,
    }),
    source: "o'web",
    context: { locale: 'de' },
  }));

const run = async (loop: Loop, job: typeof mergeLake): Promise<void> => {
  provideServices(loop.services);
  await job({} as never, lambdaContext);
};

const taken = async (loop: Loop, brought: readonly AcceptedEvent[]): Promise<void> => {
  await loop.fold(brought);
  await loop.run();
};

const idsOf = (rows: readonly { eventId: string }[]): string[] => rows.map(({ eventId }) => eventId).sort();
const sent = (brought: readonly AcceptedEvent[]): string[] => brought.map(({ id }) => id).sort();
const daysOf = (loop: Loop) => loop.services.lakePartitions.days('0000', '9999');

const idOf = async (loop: Loop, customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

const objectsIn = async (loop: Loop, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of loop.services.lake.list(prefix)) keys.push(key);
  return keys;
};

const opened = async (loop: Loop, rows: readonly LakeEvent[]): Promise<AcceptedEvent[]> => {
  const seals = await loop.services.seals.toOpen(rows.map(({ profileId }) => profileId));
  return rows.map(row => {
    const text = seals.get(row.profileId)?.open(row.sealed ?? '', row.eventId);
    return restoreEvent(row, text === undefined ? undefined : (JSON.parse(text) as SealedParts));
  });
};

test('hot objects become one file of each of their days, and readers have every event once before and after', async () => {
  const loop = new Loop();
  const brought = events(30);
  for (let start = 0; start < 30; start += 10) await taken(loop, brought.slice(start, start + 10));
  expect(idsOf(await lakeRows(loop.services))).toEqual(sent(brought));
  await run(loop, mergeLake);
  expect((await daysOf(loop)).map(({ day, merged }) => [day, merged.length])).toEqual([
    ['2026-02-13', 1],
    ['2026-02-14', 1],
    ['2026-02-15', 1],
  ]);
  expect((await loop.services.lakePartitions.view('0000', '9999')).flatMap(({ hot }) => hot)).toEqual([]);
  expect(idsOf(await lakeRows(loop.services))).toEqual(sent(brought));
});

test('a late event goes to the day on which it happened', async () => {
  const loop = new Loop();
  await taken(loop, events(9));
  await run(loop, mergeLake);
  const late = customerEvent('customer1', { amount: 1, at: '2025-03-01T00:00:00.000Z' });
  await taken(loop, [late]);
  await run(loop, mergeLake);
  expect((await daysOf(loop)).map(({ day }) => day)).toContain('2025-03-01');
  const [day] = await loop.services.lakePartitions.view('2025-03-01', '2025-03-01');
  expect(day?.merged).toMatchObject([{ rows: 1, minEventId: late.id }]);
});

test('a run holds the events of its day in every layout, sorted, and each event as it was accepted', async () => {
  const loop = new Loop();
  const brought = events(60);
  for (let start = 0; start < 60; start += 20) await taken(loop, brought.slice(start, start + 20));
  await run(loop, mergeLake);
  await run(loop, compactLake);
  const rows = await lakeRows(loop.services);
  const byId = new Map((await opened(loop, rows)).map(event => [event.id, event]));
  for (const event of brought) expect(byId.get(event.id)).toEqual(event);
  const [first] = await daysOf(loop);
  const [only] = first?.runs ?? [];
  expect(first).toMatchObject({ runs: [{ rows: 20, mayRepeat: false }], merged: [] });
  const session = await openLakeSession(loop.services.lake);
  const read = async (layout: 'events' | 'packed' | 'slim' | 'people') =>
    session.rows(`FROM read_parquet(${quoted((await session.fetch(only?.files[layout][0]?.key ?? '')) ?? '')})`);
  const [whole, packed, slim, people] = [
    await read('events'),
    await read('packed'),
    await read('slim'),
    await read('people'),
  ];
  const codesFile = await loop.services.lake.get(only?.files.codes[0]?.key ?? '');
  const codes = JSON.parse(new TextDecoder().decode(codesFile?.body)) as LakeCodes;
  const nameOf = new Map(people.map(({ person, personId }) => [person, personId]));
  const told = (row: Record<string, unknown>) => [
    nameOf.get(row.person),
    Number(row.second),
    codes.types[Number(row.type)],
    Number(row.amount),
  ];
  const expected = whole.map(({ personId, timestamp, type, amountMinor }) => [
    personId,
    Math.floor(Number(timestamp) / 1000),
    type,
    Number(amountMinor ?? 0),
  ]);
  expect(packed.map(told)).toEqual(expected);
  expect(packed.map(({ channel }) => codes.channels[Number(channel)])).toContain('direct');
  const inOrder = [...expected].sort((left, right) =>
    String(left[2]) < String(right[2]) ? -1 : left[2] === right[2] ? 0 : 1,
  );
  expect(slim.map(told)).toEqual(inOrder);
  const ids = whole.map(({ personId }) => String(personId));
  expect(ids).toEqual([...ids].sort());
  await session.close();
});

test('runs of one day grow together, and what they replace goes when nobody reads it any more', async () => {
  const loop = new Loop();
  const brought: AcceptedEvent[] = [];
  for (let round = 0; round < 6; round += 1) {
    const more = events(6);
    brought.push(...more);
    await taken(loop, more);
    await run(loop, mergeLake);
    await run(loop, compactLake);
    loop.clock.advance(hour);
  }
  for (const { runs } of await daysOf(loop)) expect(runs.length).toBeLessThanOrEqual(2);
  expect(idsOf(await lakeRows(loop.services))).toEqual(sent(brought));
  loop.clock.advance(49 * hour);
  await run(loop, mergeLake);
  await run(loop, compactLake);
  loop.clock.advance(2 * hour);
  await run(loop, compactLake);
  expect(idsOf(await lakeRows(loop.services))).toEqual(sent(brought));
  const days = await daysOf(loop);
  expect(days.map(({ runs, retired }) => [runs.length, retired.length])).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
  expect(await objectsIn(loop, 'events/packed/')).toHaveLength(3);
  expect(await objectsIn(loop, 'merged/')).toEqual([]);
  expect(await objectsIn(loop, 'hot/')).toEqual([]);
  expect(await loop.services.lakePartitions.hot()).toEqual([]);
});

test('events of a profile that was merged belong to the survivor, and those of somebody erased are gone', async () => {
  const loop = new Loop();
  await taken(loop, events(30));
  await run(loop, mergeLake);
  const [kept, merged, twice, erased] = [
    await idOf(loop, 'customer0'),
    await idOf(loop, 'customer1'),
    await idOf(loop, 'customer2'),
    await idOf(loop, 'customer3'),
  ];
  await eraseProfile(erased, loop.services);
  for (const [from, into] of [
    [twice, merged],
    [merged, kept],
  ] as const) {
    const head = await loop.table.get({ pk: `P#${from}`, sk: 'H' });
    const h = { ...(head?.h as object), life: 'merged', mergedInto: into, version: 99 };
    await loop.table.write({ kind: 'put', item: { pk: `P#${from}`, sk: 'H', h } });
  }
  await loop.run();
  await run(loop, mergeLake);
  await run(loop, compactLake);
  const rows = await lakeRows(loop.services);
  expect(rows).toHaveLength(24);
  const owners = (id: string) =>
    new Set(rows.filter(({ profileId }) => profileId === id).map(({ personId }) => personId));
  for (const id of [kept, merged, twice]) expect(owners(id)).toEqual(new Set([kept]));
  expect(owners(erased)).toEqual(new Set());
});

test('an event that was committed again is told once, by its last commit', async () => {
  const loop = new Loop();
  const brought = events(6);
  await taken(loop, brought);
  await run(loop, mergeLake);
  await run(loop, compactLake);
  loop.clock.advance(2 * hour);
  const again = new Loop();
  again.clock.at = loop.clock.at;
  await again.fold(brought);
  provideServices(loop.services);
  const { projectEvents } = await import('../../../core/flows/project-events.ts');
  await projectEvents('shard-again', again.changes, {
    ...loop.services,
    eventCommitsIn: again.services.eventCommitsIn,
    accountCurrency: 'USD',
  });
  await run(loop, mergeLake);
  expect((await lakeRows(loop.services)).length).toBe(12);
  expect((await daysOf(loop)).every(({ merged }) => merged.every(({ mayRepeat }) => mayRepeat))).toBe(true);
  await run(loop, compactLake);
  const rows = await lakeRows(loop.services);
  expect(idsOf(rows)).toEqual(sent(brought));
  expect(new Set(rows.map(({ committedAt }) => committedAt))).toEqual(new Set([loop.clock.at]));
});

test.each([
  [
    'is no file of this kind',
    async (loop: Loop, key: string) => void (await loop.services.lake.put(key, new Uint8Array([7, 7]))),
  ],
  ['is gone', (loop: Loop, key: string) => loop.services.lake.delete([key])],
  [
    'has fewer rows than it should',
    async (loop: Loop, key: string) => void (await gzipHotFiles(loop.services.lake).put(key, [])),
  ],
])('a hot object that %s is set aside and told; all others are merged', async (_, spoil) => {
  const loop = new Loop();
  const brought = events(6);
  await taken(loop, brought.slice(0, 3));
  const [spoiled] = await loop.services.lakePartitions.hot();
  await taken(loop, brought.slice(3));
  await spoil(loop, spoiled?.events?.key ?? '');
  await run(loop, mergeLake);
  const [first, ...rest] = await loop.services.lakePartitions.hot();
  expect(first?.aside).toBeTypeOf('string');
  expect(rest.every(({ aside }) => aside === undefined)).toBe(true);
  const rows = await lakeRows(loop.services);
  expect(rows.length).toBe(6 - (spoiled?.events?.rows ?? 0));
});

test('a file of a day that cannot be read is set aside and told; the next run goes on without it', async () => {
  const loop = new Loop();
  const brought = events(12);
  await taken(loop, brought.slice(0, 6));
  await run(loop, mergeLake);
  const key = (await daysOf(loop))[0]?.merged[0]?.key ?? '';
  await taken(loop, brought.slice(6));
  await run(loop, mergeLake);
  await loop.services.lake.put(key, new TextEncoder().encode('PAR1 no file PAR1'));
  await run(loop, compactLake);
  expect((await daysOf(loop))[0]?.aside).toMatchObject([{ key, rows: 2 }]);
  expect(await objectsIn(loop, 'aside/')).toEqual([`aside/${key}`]);
  await run(loop, compactLake);
  expect((await daysOf(loop))[0]).toMatchObject({ merged: [], runs: [{ rows: 2 }] });
  expect(await lakeRows(loop.services)).toHaveLength(10);
});
