import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import sqlite from 'node-sqlite3-wasm';

const rowsPerInsert = 500;

/** The same events in SQLite, by person and time. */
export const sqliteEvents = async (packed: string, people: number, folder: string) => {
  const path = join(folder, 'events.sqlite');
  await rm(path, { force: true });
  const database = new sqlite.Database(path);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  database.exec('CREATE TABLE ev (pos INTEGER PRIMARY KEY, person INT, second INT, type INT, channel INT, amount INT)');
  const duckdb = await DuckDBInstance.create(':memory:');
  const connection = await duckdb.connect();
  const result = await connection.run(
    `SELECT person, second, type, channel, amount FROM read_parquet('${packed}') WHERE person < ${people} ORDER BY person, second`,
  );
  const rows = await result.getRows();
  database.exec('BEGIN');
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    const some = rows.slice(start, start + rowsPerInsert).map((row, place) => `(${[start + place, ...row].join(',')})`);
    database.exec(`INSERT INTO ev VALUES ${some.join(',')}`);
  }
  database.exec('COMMIT');
  database.exec('CREATE INDEX by_person ON ev (person, pos); CREATE INDEX by_type ON ev (type, person, pos); ANALYZE');
  connection.closeSync();
  duckdb.closeSync();
  return {
    rows: rows.length,
    ask: (sql: string): number => Number((database.all(sql)[0] as { n: number } | undefined)?.n),
    close: () => database.close(),
  };
};
