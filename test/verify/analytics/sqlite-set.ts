import sqlite from 'node-sqlite3-wasm';
import type { SetEvent } from './event-sets.ts';

/** Asks SQLite about one set after the other: the table `ev`, whose `pos` is the order of events. */
export class SqliteSet {
  readonly #database = new sqlite.Database(':memory:');

  constructor() {
    this.#database.exec(
      'CREATE TABLE ev (pos INTEGER PRIMARY KEY, person INT, second INT, type INT, channel INT, currency INT, amount INT)',
    );
  }

  take(events: readonly SetEvent[]): void {
    this.#database.exec('DELETE FROM ev');
    if (events.length === 0) return;
    const rows = events.map(
      ({ person, second, type, channel, currency, amount }, pos) =>
        `(${[pos, person, second, type, channel, currency, amount].join(',')})`,
    );
    this.#database.exec(`INSERT INTO ev VALUES ${rows.join(',')}`);
  }

  rows(sql: string): Record<string, number>[] {
    return this.#database.all(sql) as Record<string, number>[];
  }

  close(): void {
    this.#database.close();
  }
}
