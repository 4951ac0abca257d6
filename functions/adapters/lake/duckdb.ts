import { mkdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type BoundTypes, Duckdb } from './duckdb-connection.ts';
import { ResultMemory } from './result-memory.ts';

/** What a question of this process may use. */
export interface DuckdbLimits {
  memoryMegabytes: number;
  threads: number;
  /** Where it puts down what does not fit into memory, and how much of it. */
  temporaryDirectory: string;
  temporaryMegabytes: number;
}

const megabytesPerProcessor = 1769;

/** Of what the function has: the runtime and JavaScript keep a part of it. */
const limitsOfFunction = (): DuckdbLimits => {
  const memory = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? 1024);
  const processors = Math.round(memory / megabytesPerProcessor);
  return {
    memoryMegabytes: Math.max(128, Math.floor(memory * 0.6) - 64),
    threads: Math.max(1, Math.min(processors, availableParallelism())),
    temporaryDirectory: join(tmpdir(), `duckdb-${process.pid}-${threadId}`),
    temporaryMegabytes: 512,
  };
};

interface Opened {
  instance: DuckDBInstance;
  types: BoundTypes;
}

const open = async (limits: DuckdbLimits): Promise<Opened> => {
  /** Loaded by whoever asks first: no other function carries it. */
  const { BIGINT, DuckDBInstance, LIST, listValue, VARCHAR } = await import('@duckdb/node-api');
  mkdirSync(limits.temporaryDirectory, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${limits.memoryMegabytes}MB`,
    threads: String(limits.threads),
    temp_directory: limits.temporaryDirectory,
    max_temp_directory_size: `${limits.temporaryMegabytes}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  return { instance, types: { whole: BIGINT, texts: LIST(VARCHAR), listOf: values => listValue([...values]) } };
};

const connected = async (instance: DuckDBInstance): Promise<DuckDBConnection> => {
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return connection;
};

/** An engine with its limits; connections share its memory. */
export class DuckdbEngine {
  readonly #limits: DuckdbLimits;
  readonly #memory = new ResultMemory();
  #opened: Promise<Opened> | undefined;

  constructor(limits: DuckdbLimits) {
    this.#limits = limits;
  }

  async connect(): Promise<Duckdb> {
    this.#opened ??= open(this.#limits);
    const { instance, types } = await this.#opened;
    return new Duckdb(await connected(instance), types, this.#memory);
  }

  /** Lends a connection for the time of some work. */
  async using<Answer>(work: (duckdb: Duckdb) => Promise<Answer>): Promise<Answer> {
    const duckdb = await this.connect();
    try {
      return await work(duckdb);
    } finally {
      duckdb.close();
    }
  }

  async close(): Promise<void> {
    const opened = await this.#opened;
    this.#opened = undefined;
    opened?.instance.closeSync();
  }
}

let engine: DuckdbEngine | undefined;

/** The one engine of this process. */
export const duckdb = (): DuckdbEngine => {
  engine ??= new DuckdbEngine(limitsOfFunction());
  return engine;
};
