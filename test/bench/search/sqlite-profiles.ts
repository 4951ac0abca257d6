import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import type { QueryEngine } from '../../../core/ports/query-engine.ts';
import type { MeasuredSearch } from './searches.ts';

/** What searches look at: the columns of the snapshot that each is made from. */
const columns = {
  id: 'id',
  created_at: 'epoch_ms(created_at)',
  first_name: 'first_name',
  last_name: 'last_name',
  email: 'email',
  phone: 'id_phone',
  company: 'company',
  country: 'country',
  city: 'city',
  customer: 'id_customer',
  device: 'id_devices[1]',
  custom: 'custom_fields',
  plan: 'c0_text',
  score: 'c1_number',
  ltv: 'ltv_cents / 100.0',
  purchases: 'purchase_count',
  vip: 't0::INTEGER',
  newsletter: 't1::INTEGER',
  consent_email: 'consent_email::INTEGER',
  consent_sms: 'consent_sms::INTEGER',
};
const names = Object.keys(columns);
const rowsPerRead = 50_000;
const rowsPerInsert = 100;

export interface SqliteProfiles {
  /** The ids of the first page, and how many there are in all. */
  find(search: MeasuredSearch): { ids: string[]; total: number };
  close(): void;
}

type Value = string | number | null;

const idOf = (place: number): string => `profile-01jm${String(place).padStart(22, '0')}`;

const read = async (engine: QueryEngine, first: number): Promise<Value[][]> => {
  const shown = Object.entries(columns).map(([name, value]) => `${value} AS ${name}`);
  const { rows } = await engine.ask(
    (_dialect, { text }) => ({
      text: `SELECT ${shown.join(', ')} FROM ${text} WHERE id >= ? AND id < ?`,
      values: [idOf(first), idOf(first + rowsPerRead)],
    }),
    120,
  );
  return rows.map(row => names.map(name => row[name] as Value));
};

/** The same people in SQLite (compiled to WebAssembly), with indexes on what is compared for being the same. */
export const sqliteProfiles = async (
  folder: string,
  engine: QueryEngine,
  profiles: number,
): Promise<SqliteProfiles> => {
  const database = new sqlite.Database(join(folder, 'profiles.sqlite'));
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000');
  database.exec(`CREATE TABLE profiles (${names.join(', ')})`);
  const places = Array.from({ length: rowsPerInsert }, () => `(${names.map(() => '?').join()})`);
  const insert = database.prepare(`INSERT INTO profiles VALUES ${places.join()}`);
  database.exec('BEGIN');
  for (let first = 0; first < profiles; first += rowsPerRead) {
    const rows = await read(engine, first);
    for (let start = 0; start < rows.length; start += rowsPerInsert)
      insert.run(rows.slice(start, start + rowsPerInsert).flat());
  }
  database.exec('COMMIT');
  insert.finalize();
  for (const name of ['country', 'city COLLATE NOCASE', 'created_at', 'ltv'])
    database.exec(`CREATE INDEX by_${name.split(' ', 1)[0]} ON profiles (${name})`);
  database.exec('ANALYZE');
  return {
    find: ({ where, order }) => {
      const page = `SELECT id FROM profiles WHERE ${where} ORDER BY ${order} LIMIT 50`;
      const counted = database.get(`SELECT count(*) AS total FROM profiles WHERE ${where}`);
      return { ids: database.all(page).map(({ id }) => String(id)), total: Number(counted?.total) };
    },
    close: () => database.close(),
  };
};
