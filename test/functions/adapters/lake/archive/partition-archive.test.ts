import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKey } from '../../../../../core/engines/lake/layout.ts';
import type { LakeRun } from '../../../../../core/model/lake-partition.ts';
import type { EventArchive } from '../../../../../core/ports/event-archive.ts';
import type { DayView } from '../../../../../core/ports/lake-partitions.ts';
import { partitionArchive } from '../../../../../functions/adapters/lake/archive/partition-archive.ts';
import { DuckdbEngine } from '../../../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../../../functions/adapters/lake/fetched-files.ts';
import { compactDay } from '../../../../../functions/adapters/lake/write/compact-day.ts';
import { gzipHotFiles } from '../../../../../functions/adapters/lake/write/gzip-hot-files.ts';
import { openLakeSession } from '../../../../../functions/adapters/lake/write/lake-session.ts';
import { memoryObjectStore } from '../../../../../functions/adapters/objects/memory-object-store.ts';
import { generatedFiles } from '../../../../bench/lake/generated-events.ts';

const day = '2026-02-15';
/** More than one part of a run holds. */
const events = 120_000;
const range = { from: 0, until: Date.parse('2026-03-01T00:00:00Z'), types: undefined };

let folder: string;
let engine: DuckdbEngine;
let run: LakeRun;
let open: (view: DayView) => EventArchive;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archive-'));
  engine = new DuckdbEngine({ memoryMegabytes: 512, threads: 2, temporaryDirectory: folder, temporaryMegabytes: 512 });
  const objects = memoryObjectStore();
  const session = await openLakeSession(objects);
  const merged = await generatedFiles(session, events, events).finally(() => session.close());
  const keyOf = (layout: Parameters<typeof runKey>[0], part: number) => runKey(layout, day, 'one', part);
  const compacted = await compactDay(objects, { merged, runs: [], aliases: [], keyOf });
  if (!compacted.run) throw new Error('the day was not compacted');
  run = { id: 'run-one', ...compacted.run };
  const sizes = run.files.events.map(({ sizeBytes }) => sizeBytes);
  /** There is room for the largest part, and not for all of them. */
  const files = new FetchedFiles({ objects, folder: join(folder, 'copies'), bytesMax: Math.max(...sizes) + 1 });
  open = view =>
    partitionArchive({
      partitions: { view: async () => [view], aliasView: async () => ({ base: [], merged: [], hot: [] }) } as never,
      hotFiles: gzipHotFiles(objects),
      files,
      engine,
    });
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const everyId = async (archive: EventArchive, limit: number): Promise<string[]> => {
  const ids: string[] = [];
  let place: string | undefined;
  do {
    const page = await archive.scan(range, limit, place);
    ids.push(...page.events.map(({ row }) => row.eventId));
    place = page.next;
  } while (place !== undefined);
  return ids;
};

test('a sorted day that does not fit on this machine is read part by part, each event once', async () => {
  expect(run.files.events.length).toBeGreaterThan(1);
  const ids = await everyId(open({ day, runs: [run], merged: [], hot: [] }), 17_000);
  expect(ids.length).toBe(events);
  expect(new Set(ids).size).toBe(events);
});

test('a day that was sorted meanwhile goes on behind the last event that was told of the whole', async () => {
  const archive = open({ day, runs: [run], merged: [], hot: [] });
  const ids = (await everyId(archive, 60_000)).sort();
  const middle = ids[events / 2] ?? '';
  const left: string[] = [];
  for (let place: string | undefined = `${day} ${middle} `; place !== undefined; ) {
    const page = await archive.scan(range, 50_000, place);
    left.push(...page.events.map(({ row }) => row.eventId));
    place = page.next;
  }
  expect(left.sort()).toEqual(ids.slice(events / 2 + 1));
});
