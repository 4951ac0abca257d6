import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lakeEventColumns } from '../../functions/adapters/lake/columns/lake-event-columns.ts';
import { PassPool, passThread } from '../../functions/adapters/lake/columns/pass-pool.ts';
import { DuckdbEngine } from '../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../functions/adapters/lake/fetched-files.ts';
import { memoryObjectStore } from '../../functions/adapters/objects/memory-object-store.ts';
import { sourceThread } from '../fixtures/source-thread.ts';
import { overviewSpeed } from './analytics/overview-speed.ts';
import { figureOf, type MeasuredQuestion, measuredQuestions } from './analytics/questions.ts';
import { sqliteEvents } from './analytics/sqlite-events.ts';
import { packedRun } from './lake/packed-run.ts';
import type { Bench } from './run.ts';

const repeats = 50;
const coldRounds = 2;
const growthMax = 1.25;
const megabytesMax = 512;
const overviewMost = 20;
const limits = { budgetSeconds: 300 };

const megabytes = (): number => process.memoryUsage().rss / 2 ** 20;
const timed = async <Result>(work: () => Promise<Result> | Result): Promise<{ ms: number; result: Result }> => {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
};

/** Packed files with their columns, made anew by whoever asks cold. */
const openColumns = async (events: number, folder: string) => {
  const lake = memoryObjectStore();
  const engine = new DuckdbEngine({
    ...{ memoryMegabytes: 256, threads: 2 },
    ...{ temporaryDirectory: join(folder, 'spilled'), temporaryMegabytes: 8192 },
  });
  const pool = new PassPool(2, () => sourceThread(passThread.program, passThread.workerData));
  const runs = [await packedRun(lake, events, folder)];
  const files = new FetchedFiles({ objects: lake, folder: join(folder, 'files'), bytesMax: 2 ** 31 });
  const open = (name: string) =>
    lakeEventColumns({
      partitions: {
        view: async () => [{ day: '2026-02-15', runs, merged: [], hot: [] }],
        aliasView: async () => ({ base: [], merged: [], hot: [] }),
      },
      ...{ files, engine, pool, folder: join(folder, name), expansionsMax: 2 },
    });
  const close = async () => {
    await pool.close();
    await engine.close();
  };
  return { open, close };
};

type Open = Awaited<ReturnType<typeof openColumns>>['open'];

const ask = async (columns: ReturnType<Open>, { pass, asked }: MeasuredQuestion): Promise<number> => {
  const version = await columns.version({ from: '', to: '' });
  const { sums } = await columns.pass(version, pass, asked, limits);
  return figureOf(pass, sums);
};

const cold = async (open: Open, question: MeasuredQuestion, folder: string): Promise<number> => {
  const taken: number[] = [];
  for (let round = 0; round < coldRounds; round += 1) {
    taken.push((await timed(() => ask(open('cold'), question))).ms);
    await rm(join(folder, 'cold'), { recursive: true });
  }
  return Math.min(...taken);
};

/**
 * Analyses over so many events (`--events <n>`): cold from packed files, and warm, `repeats` times; SQLite answers the
 * same about a part of the people (`--sqlite-events <n>`), and must come to the same.
 */
export const bench: Bench = async flags => {
  const { values } = parseArgs({
    args: flags,
    options: {
      events: { type: 'string', default: '10000000' },
      'sqlite-events': { type: 'string', default: '500000' },
      people: { type: 'string', default: '1000000' },
      peer: { type: 'string' },
    },
  });
  if (values.peer !== undefined) console.log(`peer ${values.peer}: skipped, since it is not installed`);
  const events = Number(values.events);
  const folder = await mkdtemp(join(tmpdir(), 'analytics-'));
  const { open, close } = await openColumns(events, folder);
  const [misses, parts]: [string[], string[]] = [[], []];
  try {
    const columns = open('warm');
    const sizes: number[] = [];
    for (const question of measuredQuestions) {
      const { name, coldMost, warmMost } = question;
      const coldMs = coldMost === undefined ? undefined : await cold(open, question, folder);
      const figure = await ask(columns, question);
      const taken: number[] = [];
      for (let time = 0; time < repeats; time += 1) {
        const { ms, result } = await timed(() => ask(columns, question));
        if (result !== figure) misses.push(`${name} told ${result} after ${figure}`);
        taken.push(ms);
        sizes.push(megabytes());
      }
      const warm = Math.min(...taken);
      parts.push(
        `${name} ${coldMs === undefined ? '' : `cold ${coldMs.toFixed(0)} (≤ ${coldMost}), `}warm ${warm.toFixed(0)} ms (≤ ${warmMost})`,
      );
      console.log(parts.at(-1));
      if (warm > warmMost) misses.push(`${name} warm`);
      if (coldMs !== undefined && coldMost !== undefined && coldMs > coldMost) misses.push(`${name} cold`);
    }
    const [largest, grown] = [
      Math.max(...sizes),
      Math.max(...sizes.slice(-repeats)) / Math.max(...sizes.slice(0, repeats)),
    ];
    console.log(
      `memory at most ${largest.toFixed(0)} MB (≤ ${megabytesMax}), × ${grown.toFixed(2)} over ${sizes.length} passes`,
    );
    if (largest > megabytesMax) misses.push('memory');
    if (grown > growthMax) misses.push('memory grows');
    misses.push(...(await besideSqlite(Number(values['sqlite-events']))));
    const overview = await overviewSpeed(Number(values.people));
    parts.push(`overview of ${values.people} people ${overview.toFixed(0)} ms (≤ ${overviewMost})`);
    if (overview > overviewMost) misses.push('overview');
  } finally {
    await close();
    await rm(folder, { recursive: true });
  }
  return {
    line: `analytics: ${events} events: ${parts.join('; ')}${misses.length > 0 ? `; missed: ${misses.join(', ')}` : ''}`,
    holds: misses.length === 0,
  };
};

/** The same questions of the same, fewer events, here and there: what differs is told. */
const besideSqlite = async (events: number): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'analytics-sqlite-'));
  const { open, close } = await openColumns(events, folder);
  const sqlite = await sqliteEvents(join(folder, 'packed.parquet'), events, folder);
  try {
    const columns = open('warm');
    const found: string[] = [];
    for (const question of measuredQuestions) {
      await ask(columns, question);
      const own = await timed(() => ask(columns, question));
      const theirs = await timed(() => sqlite.ask(question.sqlite));
      console.log(
        `beside SQLite, ${sqlite.rows} events, ${question.name}: ${own.ms.toFixed(0)} ms against ${theirs.ms.toFixed(0)} ms, × ${(theirs.ms / own.ms).toFixed(1)}, ${own.result} and ${theirs.result}`,
      );
      if (own.result !== theirs.result) found.push(`${question.name} differs from SQLite`);
    }
    return found;
  } finally {
    sqlite.close();
    await close();
    await rm(folder, { recursive: true });
  }
};
