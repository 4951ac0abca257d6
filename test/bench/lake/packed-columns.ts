import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lakeEventColumns } from '../../../functions/adapters/lake/columns/lake-event-columns.ts';
import { PassPool, passThread } from '../../../functions/adapters/lake/columns/pass-pool.ts';
import { DuckdbEngine } from '../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../functions/adapters/lake/fetched-files.ts';
import { memoryObjectStore } from '../../../functions/adapters/objects/memory-object-store.ts';
import { sourceThread } from '../../fixtures/source-thread.ts';
import type { Measured } from '../run.ts';
import { packedRun } from './packed-run.ts';

const growthMax = 1.25;
const repeats = 50;

/** Expands the columns of so many events, then reads them again and again. */
export const packedColumns = async (events: number): Promise<Measured> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  const lake = memoryObjectStore();
  const engine = new DuckdbEngine({
    memoryMegabytes: 1200,
    threads: 2,
    temporaryDirectory: join(folder, 'spilled'),
    temporaryMegabytes: 4096,
  });
  const pool = new PassPool(2, () => sourceThread(passThread.program, passThread.workerData));
  try {
    const runs = [await packedRun(lake, events, folder)];
    const columns = lakeEventColumns({
      partitions: {
        view: async () => [{ day: '2026-02-15', runs, merged: [], hot: [] }],
        aliasView: async () => ({ base: [], merged: [], hot: [] }),
      },
      files: new FetchedFiles({ objects: lake, folder: join(folder, 'files'), bytesMax: 2 ** 31 }),
      engine,
      pool,
      folder: join(folder, 'columns'),
      expansionsMax: 2,
    });
    const count = async (): Promise<number> => {
      const version = await columns.version({ from: '', to: '' });
      const always = { from: 0, until: 2 ** 32 - 1 };
      const { sums } = await columns.pass(version, 'countTypes', always, { budgetSeconds: 120 });
      return sums.events.reduce((all, own) => all + own, 0);
    };
    const start = performance.now();
    const counted = await count();
    const cold = performance.now() - start;
    const [times, sizes]: [number[], number[]] = [[], []];
    for (let time = 0; time < repeats; time += 1) {
      const began = performance.now();
      await count();
      times.push(performance.now() - began);
      sizes.push(process.memoryUsage().rss);
    }
    const grown = Math.max(...sizes.slice(-10)) / Math.max(...sizes.slice(0, 10));
    return {
      line: `packed columns of ${events} events: expanded and read in ${cold.toFixed(0)} ms, then in ${Math.min(...times).toFixed(0)} ms; memory × ${grown.toFixed(2)} over ${repeats} passes`,
      holds: counted === events && grown <= growthMax && Math.min(...times) < cold / 4,
    };
  } finally {
    await pool.close();
    await engine.close();
    await rm(folder, { recursive: true });
  }
};
