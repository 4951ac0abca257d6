import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LakeFile, LakeRun, MergedFile } from '../../../../../core/model/lake-partition.ts';
import { VersionGone } from '../../../../../core/ports/event-columns.ts';
import { QueryTooSlow } from '../../../../../core/ports/query-engine.ts';
import { lakeEventColumns } from '../../../../../functions/adapters/lake/columns/lake-event-columns.ts';
import { PassPool, passThread } from '../../../../../functions/adapters/lake/columns/pass-pool.ts';
import { DuckdbEngine } from '../../../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../../../functions/adapters/lake/fetched-files.ts';
import { memoryObjectStore } from '../../../../../functions/adapters/objects/memory-object-store.ts';
import { seededRandom } from '../../../../fixtures/seeded-random.ts';
import { aliasFile, type SomeEvent, sortedRun } from '../../../../fixtures/sorted-runs.ts';
import { sourceThread } from '../../../../fixtures/source-thread.ts';

const lake = memoryObjectStore();
const pool = new PassPool(2, () => sourceThread(passThread.program, passThread.workerData));
let folder = '';
let engine: DuckdbEngine;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-columns-'));
  engine = new DuckdbEngine({
    memoryMegabytes: 256,
    threads: 2,
    temporaryDirectory: join(folder, 'spilled'),
    temporaryMegabytes: 256,
  });
});
afterEach(async () => {
  await engine.close();
  await pool.close();
  await rm(folder, { recursive: true });
});

const dayStart = Date.parse('2026-02-15T00:00:00.000Z');
const dayMilliseconds = 86_400_000;
const types = ['page_view', 'add_to_cart', 'purchase', 'login'];

/** Events of some people on a day; on the second day there are types that the first does not have, and others less. */
const eventsOf = (day: number): SomeEvent[] => {
  const random = seededRandom(day + 1);
  return Array.from({ length: 400 }, () => {
    const at = dayStart + day * dayMilliseconds + random.below(dayMilliseconds);
    return {
      profileId: `profile-${String(random.below(60)).padStart(3, '0')}`,
      eventId: `event-${ulid(at).toLowerCase()}`,
      type: types[random.below(3) + day] ?? 'login',
      at,
      ...(random.chance(0.2) ? { amountMinor: random.below(10_000), currency: random.pick(['USD', 'EUR']) } : {}),
    };
  });
};

/** How often the sorted files were asked for. */
interface Watched {
  columns: ReturnType<typeof lakeEventColumns>;
  expansions: () => number;
}

const columnsOver = (runs: LakeRun[], aliases: LakeFile[] = [], merged: MergedFile[] = []): Watched => {
  const files = new FetchedFiles({ objects: lake, folder: join(folder, 'files'), bytesMax: 2 ** 30 });
  let expansions = 0;
  const columns = lakeEventColumns({
    partitions: {
      view: async () => [{ day: '2026-02-15', runs, merged, hot: [] }],
      aliasView: async () => ({ base: aliases, merged: [], hot: [] }),
    },
    files: {
      holding: (keys, work) => {
        expansions += 1;
        return files.holding(keys, work);
      },
    },
    engine,
    pool,
    folder: join(folder, 'columns'),
    expansionsMax: 2,
    rowsPerPart: 100,
    restFactor: 0,
  });
  return { columns, expansions: () => expansions };
};

const days = { from: '2026-02-15', to: '2026-02-16' };
const always = { from: 0, until: 2 ** 32 - 1 };
const limits = { budgetSeconds: 20 };

const counted = async ({ columns }: Watched): Promise<Record<string, [events: number, people: number]>> => {
  const { sums, codes } = await columns.pass(await columns.version(days), 'countTypes', always, limits);
  return Object.fromEntries(
    codes.types.map((type, place) => [type, [sums.events[place] ?? 0, sums.people[place] ?? 0]]),
  );
};

const expected = (events: readonly SomeEvent[], who: (profileId: string) => string | undefined = id => id) => {
  const counts: Record<string, [number, number]> = {};
  for (const type of new Set(events.map(event => event.type))) {
    const own = events.filter(event => event.type === type).flatMap(({ profileId }) => who(profileId) ?? []);
    counts[type] = [own.length, new Set(own).size];
  }
  return counts;
};

const twoDays = async (): Promise<{ runs: LakeRun[]; events: SomeEvent[] }> => {
  const [first, second] = [eventsOf(0), eventsOf(1)];
  const runs = [
    await sortedRun(lake, folder, { day: '2026-02-15', id: 'one', events: first }),
    await sortedRun(lake, folder, { day: '2026-02-16', id: 'two', events: second }),
  ];
  return { runs, events: [...first, ...second] };
};

test('people and types are the same ones in all files, and nobody is counted twice for being in two', async () => {
  const { runs, events } = await twoDays();
  expect(await counted(columnsOver(runs))).toEqual(expected(events));
});

test('the sorted files are read once; afterwards their columns are on this machine', async () => {
  const { runs, events } = await twoDays();
  const watched = columnsOver(runs);
  for (let times = 0; times < 3; times += 1) expect(await counted(watched)).toEqual(expected(events));
  expect(watched.expansions()).toBe(1);
});

test('questions at once are answered from one expansion', async () => {
  const { runs, events } = await twoDays();
  const watched = columnsOver(runs);
  const answers = await Promise.all([counted(watched), counted(watched), counted(watched)]);
  expect(answers).toEqual([expected(events), expected(events), expected(events)]);
  expect(watched.expansions()).toBe(1);
});

test('other files are other columns', async () => {
  const { runs, events } = await twoDays();
  const live = runs.slice(0, 1);
  const watched = columnsOver(live);
  expect(await counted(watched)).toEqual(expected(events.slice(0, 400)));
  live.push(...runs.slice(1));
  expect(await counted(watched)).toEqual(expected(events));
  expect(watched.expansions()).toBe(2);
});

test('events of who was merged are those of the survivor, to the end of the way; who was erased has none', async () => {
  const { runs, events } = await twoDays();
  const aliases = await aliasFile(lake, folder, [
    { profileId: 'profile-001', life: 'merged', into: 'profile-002' },
    { profileId: 'profile-002', life: 'merged', into: 'profile-003' },
    { profileId: 'profile-004', life: 'erased', into: null },
    { profileId: 'profile-005', life: 'merged', into: 'profile-004' },
    { profileId: 'profile-006', life: 'live', into: null },
  ]);
  const ends: Record<string, string | undefined> = {
    'profile-001': 'profile-003',
    'profile-002': 'profile-003',
    'profile-004': undefined,
    'profile-005': undefined,
  };
  const who = (id: string) => (id in ends ? ends[id] : id);
  expect(await counted(columnsOver(runs, [aliases]))).toEqual(expected(events, who));
});

test('the answer tells up to when it knows, and of days without files nothing', async () => {
  const { runs, events } = await twoDays();
  const { asOf } = await columnsOver(runs).columns.version(days);
  expect(asOf).toBe(Math.max(...events.map(({ at }) => at)));
  const { columns } = columnsOver([]);
  const nothing = await columns.version(days);
  expect(nothing.asOf).toBe(0);
  expect(await columns.pass(nothing, 'countTypes', always, limits)).toEqual({
    sums: { events: [], people: [] },
    codes: { types: [], channels: [], currencies: [] },
  });
});

test('a pass that takes too long is stopped, and the next one is answered', async () => {
  const { runs, events } = await twoDays();
  const watched = columnsOver(runs);
  const version = await watched.columns.version(days);
  await expect(watched.columns.pass(version, 'countTypes', always, { budgetSeconds: 0 })).rejects.toBeInstanceOf(
    QueryTooSlow,
  );
  expect(await counted(watched)).toEqual(expected(events));
});

/** The file that a run was sorted from. */
const unsorted = (run: LakeRun, day: string, mayRepeat: boolean): MergedFile => {
  const { files: _files, id, ...span } = run;
  return { ...span, key: `merged/dt=${day}/${id}.parquet`, sizeBytes: 1, mayRepeat };
};

test('what is not sorted yet counts as well, and people are the same ones', async () => {
  const { runs, events } = await twoDays();
  const [first, second] = runs as [LakeRun, LakeRun];
  const aliases = await aliasFile(lake, folder, [{ profileId: 'profile-001', life: 'merged', into: 'profile-002' }]);
  const loose = unsorted(second, '2026-02-16', false);
  const who = (id: string) => (id === 'profile-001' ? 'profile-002' : id);
  expect(await counted(columnsOver([first], [], [loose]))).toEqual(expected(events));
  expect(await counted(columnsOver([first], [aliases], [loose]))).toEqual(expected(events, who));
  expect(await counted(columnsOver([], [], [loose]))).toEqual(expected(events.slice(400)));
});

test('what stands in two files counts once', async () => {
  const { runs, events } = await twoDays();
  const [first] = runs as [LakeRun];
  const again = unsorted(first, '2026-02-15', true);
  expect(await counted(columnsOver([first], [], [again]))).toEqual(expected(events.slice(0, 400)));
});

test('groups and ids go by the same numbers', async () => {
  const { runs, events } = await twoDays();
  const { columns } = columnsOver(runs);
  const version = await columns.version(days);
  const ids = [...new Set(events.map(({ profileId }) => profileId))].sort();
  const some = ids.filter((_, place) => place % 3 === 0);
  const groups = await columns.groups(version, [some, ['profile-of-nobody']], 9, limits);
  expect([...groups]).toEqual(ids.map((_, place) => (place % 3 === 0 ? 0 : 9)));
  expect(await columns.ids(version, Uint32Array.from([0, 5, 999_999]), limits)).toEqual([ids[0], ids[5]]);
});

test('a version whose files are gone is told apart from one that cannot be read', async () => {
  const { runs } = await twoDays();
  const { columns } = columnsOver(runs);
  const version = await columns.version(days);
  await lake.delete(runs.flatMap(({ files }) => files.packed.map(({ key }) => key)));
  await expect(columns.pass(version, 'countTypes', always, limits)).rejects.toBeInstanceOf(VersionGone);
});
