import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { QueryStopped, QueryTooLarge, QueryTooSlow } from '../../../core/ports/query-engine.ts';
import type { ResultMemory } from './result-memory.ts';

export type Row = Record<string, unknown>;
export type Parameter = string | number | bigint | boolean | Date | Uint8Array | null | readonly string[];

export interface Asking {
  /** Bound to `$1`, `$2` …: nothing that a caller says becomes SQL. */
  parameters?: readonly Parameter[];
  /** The statement is stopped after so many seconds. */
  budgetSeconds?: number | undefined;
  /** Stops it before. */
  signal?: AbortSignal | undefined;
}

/** Numbers as they lie in memory; what else a column may hold stands in a list. */
export type Column = Float64Array | unknown[];

/** The engine's own types for what is bound. */
export interface BoundTypes {
  whole: DuckDBType;
  texts: DuckDBType;
  listOf: (values: readonly string[]) => DuckDBValue;
}

/** Memory, or the disk beside it, is full. */
const noRoom = /^(Out of Memory Error|Invalid Input Error: .*max_temp_directory_size)/;

const asOverBudget = (fault: unknown): unknown =>
  fault instanceof Error && noRoom.test(fault.message)
    ? new QueryTooLarge('the query needs more memory than it may', { cause: fault })
    : fault;

/**
 * Stops what the connection runs when its time is over, or nobody waits for it.
 * @throws QueryTooSlow @throws QueryTooLarge @throws QueryStopped
 */
export const withinLimits = async <Answer>(
  connection: Pick<DuckDBConnection, 'interrupt'>,
  { budgetSeconds, signal }: Pick<Asking, 'budgetSeconds' | 'signal'>,
  run: () => Promise<Answer>,
): Promise<Answer> => {
  let reason: Error | undefined;
  const stop = (why: Error) => {
    reason ??= why;
    connection.interrupt();
  };
  const tooSlow = () => new QueryTooSlow(`the query was stopped after ${budgetSeconds} s`);
  const unwanted = () => stop(new QueryStopped('nobody waits for the answer'));
  if (signal?.aborted) throw new QueryStopped('nobody waits for the answer');
  if (budgetSeconds !== undefined && budgetSeconds <= 0) throw tooSlow();
  const timer = budgetSeconds === undefined ? undefined : setTimeout(() => stop(tooSlow()), budgetSeconds * 1000);
  signal?.addEventListener('abort', unwanted, { once: true });
  try {
    return await run();
  } catch (fault) {
    throw reason ?? asOverBudget(fault);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', unwanted);
  }
};

/** Whole numbers as numbers, times as epoch ms, bytes as they are, exact decimals as text. */
const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
  if ('micros' in value && typeof value.micros === 'bigint') return Number(value.micros) / 1000;
  if ('bytes' in value && value.bytes instanceof Uint8Array) return value.bytes;
  if ('items' in value && Array.isArray(value.items)) return value.items.map(plain);
  return String(value);
};

const isNumeric = (values: readonly unknown[]): values is number[] => values.every(value => typeof value === 'number');

/** A connection of this process's engine. Statements of one connection follow one another. */
export class Duckdb {
  readonly #connection: DuckDBConnection;
  readonly #types: BoundTypes;
  readonly #memory: ResultMemory;

  constructor(connection: DuckDBConnection, types: BoundTypes, memory: ResultMemory) {
    this.#connection = connection;
    this.#types = types;
    this.#memory = memory;
  }

  /** @throws QueryTooSlow */
  async run(sql: string, asking: Asking = {}): Promise<void> {
    await this.#ask(sql, asking, async () => undefined);
  }

  /** @throws QueryTooSlow */
  rows(sql: string, asking: Asking = {}): Promise<Row[]> {
    return this.#ask(sql, asking, async result => {
      const rows = await result.getRowObjects();
      return rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
    });
  }

  /** By name; of numbers alone packed. @throws QueryTooSlow */
  columns(sql: string, asking: Asking = {}): Promise<Record<string, Column>> {
    return this.#ask(sql, asking, async result => {
      const columns = await result.getColumnsObject();
      const packed = Object.entries(columns).map(([name, values]): [string, Column] => {
        const all = values.map(plain);
        return [name, isNumeric(all) ? Float64Array.from(all) : all];
      });
      return Object.fromEntries(packed);
    });
  }

  /** For what only the engine itself can do, such as writing files. */
  get connection(): DuckDBConnection {
    return this.#connection;
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #ask<Answer>(
    sql: string,
    { parameters = [], ...limits }: Asking,
    read: (result: DuckDBMaterializedResult) => Promise<Answer>,
  ): Promise<Answer> {
    const values = parameters.map(value => this.#bound(value));
    const types = parameters.map((value, index) => this.#typeOf(value, values[index])) as DuckDBType[];
    const result = await withinLimits(this.#connection, limits, () => this.#connection.run(sql, values, types));
    const answer = await read(result);
    this.#memory.used(result);
    return answer;
  }

  /** Whole numbers of more than 32 bits would be bound as fractions. */
  #bound(value: Parameter): DuckDBValue {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    if (value instanceof Date) return BigInt(value.getTime());
    return Array.isArray(value) ? this.#types.listOf(value) : (value as DuckDBValue);
  }

  /** `undefined`: the engine finds out by itself. */
  #typeOf(given: Parameter, value: DuckDBValue | undefined): DuckDBType | undefined {
    if (typeof value === 'bigint') return this.#types.whole;
    return Array.isArray(given) ? this.#types.texts : undefined;
  }
}
