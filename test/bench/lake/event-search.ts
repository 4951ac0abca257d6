import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKey } from '../../../core/engines/lake/layout.ts';
import type { EventLake } from '../../../core/ports/event-lake.ts';
import type { DayView } from '../../../core/ports/lake-partitions.ts';
import { DuckdbEngine } from '../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../functions/adapters/lake/fetched-files.ts';
import { duckdbEventLake } from '../../../functions/adapters/lake/read/duckdb-event-lake.ts';
import { compactDay } from '../../../functions/adapters/lake/write/compact-day.ts';
import { openLakeSession } from '../../../functions/adapters/lake/write/lake-session.ts';
import type { Measured } from '../run.ts';
import { folderObjects } from './folder-objects.ts';
import { generatedFiles } from './generated-events.ts';

const day = '2026-02-15';
const [dayStart, dayEnd] = [Date.parse(`${day}T00:00:00Z`), Date.parse('2026-02-16T00:00:00Z')];
const [listMillisecondsMax, oneMillisecondsMax] = [300, 150];
const rowsEach = 200_000;
const processors = 2;
const times = 3;

/** All of them on one day, which is the worst that a question about a day can meet. */
const sortedDay = async (folder: string, events: number): Promise<DayView> => {
  const lake = folderObjects(folder);
  const session = await openLakeSession(lake);
  const merged = await generatedFiles(session, events, rowsEach).finally(() => session.close());
  const keyOf = (layout: Parameters<typeof runKey>[0], part: number) => runKey(layout, day, 'bench', part);
  const { run } = await compactDay(lake, { merged, runs: [], aliases: [], keyOf });
  if (!run) throw new Error('the day was not compacted');
  return { day, runs: [{ id: 'run-bench', ...run }], merged: [], hot: [] };
};

interface Took {
  /** By the clock. */
  milliseconds: number;
  /** Beside it, as it tells whether others used the machine. */
  processorMilliseconds: number;
}

/** The best of several. */
const best = async (ask: () => Promise<void>): Promise<Took> => {
  const taken: Took[] = [];
  for (let time = 0; time < times; time += 1) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await ask();
    const { user, system } = process.cpuUsage(used);
    taken.push({ milliseconds: performance.now() - began, processorMilliseconds: (user + system) / 1000 });
  }
  return taken.sort((left, right) => left.milliseconds - right.milliseconds)[0] as Took;
};

const openLake = (folder: string, view: DayView, engine: DuckdbEngine): EventLake =>
  duckdbEventLake({
    engine,
    files: new FetchedFiles({
      objects: folderObjects(folder),
      folder: join(folder, 'copies'),
      bytesMax: 8 * 1024 ** 3,
    }),
    partitions: { view: async () => [view], aliasView: async () => ({ base: [], merged: [], hot: [] }) },
    now: () => dayEnd,
  });

/** Events by type and day, and one by its id, over one sorted day; warm, as a function is after its first question. */
export const eventSearch = async (events: number): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), 'cdp-bench-search-'));
  const spill = { temporaryDirectory: join(folder, 'spill'), temporaryMegabytes: 4096 };
  const engine = new DuckdbEngine({ memoryMegabytes: 1024, threads: processors, ...spill });
  try {
    const lake = openLake(folder, await sortedDay(folder, events), engine);
    const query = { type: 'purchase', from: dayStart, until: dayEnd, limit: 50 };
    const first = await lake.page(query);
    const id = first.events[25]?.row.eventId ?? '';
    const list = await best(async () => void (await lake.page(query)));
    const one = await best(async () => void (await lake.one(id)));
    const found = first.events.length === 50 && (await lake.one(id))?.row.eventId === id;
    const told = (name: string, { milliseconds, processorMilliseconds }: Took) =>
      `${name} ${Math.round(milliseconds)} ms (cpu ${Math.round(processorMilliseconds)})`;
    return {
      line: `search of ${events} events: ${told('by type and day', list)}, ${told('one by id', one)}`,
      holds: found && list.milliseconds <= listMillisecondsMax && one.milliseconds <= oneMillisecondsMax,
    };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
};
