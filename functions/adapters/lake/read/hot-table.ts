import type { HotObject, LakeFile } from '../../../../core/model/lake-partition.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { eventColumns, eventColumnsFromJson, eventColumnTypes, jsonColumns, quoted } from './lake-columns.ts';
import { LakeMoved } from './lake-moved.ts';

/** Hot objects that nobody has asked for so long have been merged. */
const keepMilliseconds = 2 * 3_600_000;
const objectsAtOnce = 200;

interface Taken {
  number: number;
  /** Epoch ms. */
  usedAt: number;
}

/**
 * What was committed a moment ago, as a table that is kept while the function is warm: every object is taken in once.
 * An object says nothing about which of its rows count; that depends on their day.
 */
export class HotTable {
  readonly name: string;
  readonly #files: Pick<FetchedFiles, 'holding'>;
  readonly #now: () => number;
  readonly #taken = new Map<string, Taken>();
  #newest = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(name: string, files: Pick<FetchedFiles, 'holding'>, now: () => number) {
    this.name = name;
    this.#files = files;
    this.#now = now;
  }

  /** Brings these objects into the table, one caller after the other. @throws LakeMoved */
  take(duckdb: Duckdb, objects: readonly HotObject[]): Promise<void> {
    const done = this.#last.then(() => this.#take(duckdb, objects));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** The number of an object in the table. */
  numberOf(key: string): number {
    return this.#taken.get(key)?.number ?? -1;
  }

  async #take(duckdb: Duckdb, objects: readonly HotObject[]): Promise<void> {
    if (this.#taken.size === 0) {
      await duckdb.run(`CREATE TABLE IF NOT EXISTS ${this.name} (object BIGINT, day VARCHAR, ${eventColumnTypes})`);
    }
    const named = objects.flatMap(({ events }) => events ?? []);
    const missing = named.filter(({ key }) => !this.#taken.has(key));
    for (let start = 0; start < missing.length; start += objectsAtOnce) {
      await this.#add(duckdb, missing.slice(start, start + objectsAtOnce));
    }
    const usedAt = this.#now();
    for (const { key } of named) this.#taken.set(key, { number: this.numberOf(key), usedAt });
    if (missing.length > 0) await this.#forgetOld(duckdb);
  }

  async #add(duckdb: Duckdb, files: readonly LakeFile[]): Promise<void> {
    const keys = files.map(({ key }) => key);
    await this.#files.holding(keys, async paths => {
      const lost = keys.find(key => !paths.has(key));
      if (lost !== undefined) throw new LakeMoved(`${lost} is gone`);
      const first = this.#newest + 1;
      this.#newest += keys.length;
      const numbers = keys.map((key, index) => `(${quoted(paths.get(key) ?? '')}, ${first + index})`);
      const list = [...paths.values()].map(quoted).join(', ');
      await duckdb.run(`INSERT INTO ${this.name} SELECT object, strftime(make_timestamp("timestamp" * 1000), '%Y-%m-%d'),
        ${eventColumnsFromJson} FROM read_json([${list}], format = 'newline_delimited', compression = 'gzip',
        columns = ${jsonColumns}, filename = true, maximum_object_size = 67108864) AS line
        JOIN (VALUES ${numbers.join(', ')}) AS named (path, object) ON named.path = line.filename`);
      const usedAt = this.#now();
      for (const [index, key] of keys.entries()) this.#taken.set(key, { number: first + index, usedAt });
    });
  }

  async #forgetOld(duckdb: Duckdb): Promise<void> {
    const until = this.#now() - keepMilliseconds;
    const old = [...this.#taken].filter(([, { usedAt }]) => usedAt < until);
    if (old.length === 0) return;
    const numbers = old.map(([, { number }]) => number).join(', ');
    await duckdb.run(`DELETE FROM ${this.name} WHERE object IN (${numbers})`);
    for (const [key] of old) this.#taken.delete(key);
  }
}

/** The rows of a table of hot objects that count: of each day those of the objects that it names. */
export const hotRows = (table: HotTable, named: readonly { day: string; hot: readonly HotObject[] }[]): string => {
  const pairs = named.flatMap(({ day, hot }) =>
    hot.flatMap(({ events }) => (events ? [`(${quoted(day)}, ${table.numberOf(events.key)})`] : [])),
  );
  return `SELECT ${eventColumns} FROM ${table.name} SEMI JOIN (VALUES ${pairs.join(', ')}) AS named (day, object)
    USING (day, object)`;
};
