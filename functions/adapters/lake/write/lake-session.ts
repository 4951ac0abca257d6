import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { LakeFile } from '../../../../core/model/lake-partition.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';

/** One thread: a second one doubles what is held in memory, and the machine has other work. */
const limits = { memory_limit: '160MB', threads: '1' };

export type Row = Record<string, unknown>;

/** A database of its own over copies of objects in a folder of its own; all of it goes when it is closed. */
export interface LakeSession {
  run(sql: string): Promise<void>;
  /** Whole numbers as `bigint` or number, whatever fits their column. */
  rows(sql: string): Promise<Row[]>;
  /** A copy of an object; `undefined` where there is none. */
  fetch(key: string): Promise<string | undefined>;
  /** A path for a new file. */
  path(name: string): string;
  /** Keeps a new file as an object. */
  keep(path: string, key: string, rows: number): Promise<LakeFile>;
  /** Removes a file that was kept. */
  discard(path: string): Promise<void>;
  close(): Promise<void>;
}

/** A text as SQL has it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const fetchInto = async (lake: ObjectStore, key: string, path: string): Promise<string | undefined> => {
  const bytes = await lake.read(key);
  if (!bytes) return undefined;
  await writeFile(path, bytes);
  return path;
};

const session = (lake: ObjectStore, folder: string, connection: DuckDBConnection, end: () => void): LakeSession => {
  let files = 0;
  const path = (name: string) => join(folder, `${files++}-${name}`);
  return {
    path,
    run: async sql => void (await connection.run(sql)),
    rows: async sql => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    fetch: key => fetchInto(lake, key, path('object')),
    keep: async (file, key, rows) => {
      const { size } = await stat(file);
      await lake.write(key, createReadStream(file), { contentType: 'application/vnd.apache.parquet' });
      return { key, rows, sizeBytes: size };
    },
    discard: file => rm(file),
    close: async () => {
      end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The engine is loaded by whoever opens a session: no other function carries it. */
export const openLakeSession = async (lake: ObjectStore): Promise<LakeSession> => {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await mkdtemp(join(tmpdir(), 'lake-'));
  const instance = await DuckDBInstance.create(':memory:', {
    ...limits,
    temp_directory: join(folder, 'spilled'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return session(lake, folder, connection, () => {
    connection.closeSync();
    instance.closeSync();
  });
};

const ofTheMachine = /out of memory|could not allocate|no space left|too many open files|interrupt/i;

/**
 * Why something is no file of the kind that it should be.
 * @throws the fault where it is the machine's and not the file's
 */
export const faultOfFile = (fault: unknown): string => {
  const message = fault instanceof Error ? fault.message : String(fault);
  if (ofTheMachine.test(message)) throw fault;
  return message.split('\n', 1)[0] ?? message;
};
