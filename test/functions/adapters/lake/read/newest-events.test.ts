import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKey } from '../../../../../core/engines/lake/layout.ts';
import type { EventLake, EventPageQuery } from '../../../../../core/ports/event-lake.ts';
import type { DayView } from '../../../../../core/ports/lake-partitions.ts';
import { DuckdbEngine } from '../../../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../../../functions/adapters/lake/fetched-files.ts';
import { duckdbEventLake } from '../../../../../functions/adapters/lake/read/duckdb-event-lake.ts';
import { compactDay } from '../../../../../functions/adapters/lake/write/compact-day.ts';
import { openLakeSession } from '../../../../../functions/adapters/lake/write/lake-session.ts';
import { memoryObjectStore } from '../../../../../functions/adapters/objects/memory-object-store.ts';
import { generatedFiles } from '../../../../bench/lake/generated-events.ts';

const day = '2026-02-15';
const dayStart = Date.parse(`${day}T00:00:00Z`);
const dayEnd = dayStart + 86_400_000;
/** More than are read whole; some seconds have several of them. */
const [sorted, loose] = [60_000, 10_000];

let folder: string;
let engine: DuckdbEngine;
let lake: EventLake;
let all: { id: string; at: number; type: string }[];

/** Most events in a run, others in a merged file: the same that a day has between two compactions. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newest-events-'));
  engine = new DuckdbEngine({ memoryMegabytes: 512, threads: 2, temporaryDirectory: folder, temporaryMegabytes: 512 });
  const objects = memoryObjectStore();
  const session = await openLakeSession(objects);
  const files = await generatedFiles(session, sorted + loose, loose).finally(() => session.close());
  const keyOf = (layout: Parameters<typeof runKey>[0], part: number) => runKey(layout, day, 'one', part);
  const { run } = await compactDay(objects, { merged: files.slice(0, -1), runs: [], aliases: [], keyOf });
  if (!run) throw new Error('the day was not compacted');
  const view: DayView = { day, runs: [{ id: 'run-one', ...run }], merged: files.slice(-1), hot: [] };
  lake = duckdbEventLake({
    engine,
    files: new FetchedFiles({ objects, folder: join(folder, 'copies'), bytesMax: 1e9 }),
    partitions: { view: async () => [view], aliasView: async () => ({ base: [], merged: [], hot: [] }) },
    now: () => dayEnd,
  });
  const { events } = await lake.page({ from: dayStart, until: dayEnd, limit: sorted + loose });
  all = events.map(({ row }) => ({ id: row.eventId, at: row.timestamp, type: row.type }));
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const pages = async (query: EventPageQuery, most: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor: string | undefined, page = 0; page < most; page += 1) {
    const found = await lake.page({ ...query, cursor });
    ids.push(...found.events.map(({ row }) => row.eventId));
    cursor = found.nextCursor;
    if (cursor === undefined) break;
  }
  return ids;
};

test('all of them are there, newest first', () => {
  expect(all.length).toBe(sorted + loose);
  const order = all.map(({ id, at }) => `${String(at).padStart(15, '0')} ${id}`);
  expect(order).toEqual(order.toSorted().reverse());
});

const noon = dayStart + 43_200_000;
test.each<[string, Omit<EventPageQuery, 'limit'>]>([
  ['of one type', { type: 'purchase', from: dayStart, until: dayEnd }],
  ['of several types', { types: ['purchase', 'email_open', 'unheard_of'], from: dayStart, until: dayEnd }],
  ['of every type', { from: dayStart, until: dayEnd }],
  ['of no type that there is', { type: 'unheard_of', from: dayStart, until: dayEnd }],
  ['in a range that begins and ends within a second', { type: 'page_view', from: noon + 123, until: noon + 60_789 }],
  ['in a range of less than a second', { from: noon + 120, until: noon + 900 }],
])('page by page, %s, each is told once and in order', async (_name, query) => {
  const types = query.types ?? (query.type === undefined ? undefined : [query.type]);
  const expected = all.filter(
    ({ at, type }) => at >= query.from && at < query.until && (types === undefined || types.includes(type)),
  );
  for (const limit of [1, 7, 200]) {
    const ids = await pages({ ...query, limit }, 6);
    expect(ids).toEqual(expected.slice(0, 6 * limit).map(({ id }) => id));
  }
});

test('one by its id, whichever file it is in', async () => {
  for (const { id } of [all[0], all[35_000], all.at(-1)].flatMap(one => one ?? []))
    expect((await lake.one(id))?.row.eventId).toBe(id);
});
