import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { LakeRun } from '../../../core/model/lake-partition.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';
import { lakeEventColumns } from '../../../functions/adapters/lake/columns/lake-event-columns.ts';
import { PassPool, passThread } from '../../../functions/adapters/lake/columns/pass-pool.ts';
import { DuckdbEngine } from '../../../functions/adapters/lake/duckdb.ts';
import { FetchedFiles } from '../../../functions/adapters/lake/fetched-files.ts';
import { memoryObjectStore } from '../../../functions/adapters/objects/memory-object-store.ts';
import { sourceThread } from '../../fixtures/source-thread.ts';
import type { Measured } from '../run.ts';

const growthMax = 1.25;
const repeats = 50;
const eventsPerPerson = 10;

const stored = async (lake: ObjectStore, key: string, body: Uint8Array, rows: number) => {
  const { sizeBytes } = await lake.put(key, body);
  return [{ key, rows, sizeBytes }];
};

/** A sorted run of so many events, ten of each person. */
const someRun = async (lake: ObjectStore, events: number, folder: string): Promise<LakeRun> => {
  const people = Math.ceil(events / eventsPerPerson);
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  const write = async (select: string, name: string): Promise<Uint8Array> => {
    const path = join(folder, name);
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2)`);
    return readFile(path);
  };
  const draw = (salt: number, end: number) => `((hash(i * 17 + ${salt}) >> 1)::BIGINT % ${end})`;
  const packed = await write(
    `SELECT (i // ${eventsPerPerson})::UINTEGER AS person, (1760000000 + (i % ${eventsPerPerson}) * 700000 + ${draw(1, 600_000)})::UINTEGER AS second,
      ${draw(2, 12)}::UTINYINT AS type, ${draw(3, 11)}::UTINYINT AS channel, 1::UTINYINT AS currency,
      CASE WHEN ${draw(4, 16)} = 0 THEN ${draw(5, 50_000)} ELSE 0 END::BIGINT AS amount FROM range(${events}) AS numbers(i)`,
    'packed.parquet',
  );
  const names = await write(
    `SELECT i::UINTEGER AS person, printf('profile-%022d', i) AS "personId" FROM range(${people}) AS numbers(i)`,
    'people.parquet',
  );
  connection.closeSync();
  duckdb.closeSync();
  const codes = {
    types: Array.from({ length: 12 }, (_, type) => `type-${type}`),
    channels: Array.from({ length: 11 }, (_, channel) => (channel === 0 ? '' : `channel-${channel}`)),
    currencies: ['', 'USD'],
  };
  return {
    id: 'run',
    rows: events,
    minEventId: 'event-01k7000000000000000000000a',
    maxEventId: 'event-01k7000000000000000000000b',
    minTime: 0,
    maxTime: 0,
    mayRepeat: false,
    files: {
      events: [],
      slim: [],
      packed: await stored(lake, 'packed.parquet', packed, events),
      people: await stored(lake, 'people.parquet', names, people),
      codes: await stored(lake, 'codes.json', Buffer.from(JSON.stringify(codes)), 12),
    },
  };
};

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
    const runs = [await someRun(lake, events, folder)];
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
