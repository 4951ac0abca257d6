import { existsSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The engine finds the next sequence number of a stream with `MAX(CAST(sequence_number AS INTEGER))`, and reads a stream
 * by the same expression, over a table without an index that is never emptied: each write reads every record there is.
 * With this index both take the same time however long the stream has become. The engine can neither be asked for an
 * index nor is there another program here that writes its files, so a new state begins with a file that has it.
 */
const schema = [
  {
    type: 'table',
    name: '_stream_records',
    table: '_stream_records',
    sql: 'CREATE TABLE _stream_records (id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT NOT NULL, event_name TEXT NOT NULL, keys_json TEXT NOT NULL, new_image TEXT, old_image TEXT, sequence_number TEXT NOT NULL, shard_id TEXT NOT NULL, created_at INTEGER NOT NULL, user_identity TEXT)',
  },
  { type: 'table', name: 'sqlite_sequence', table: 'sqlite_sequence', sql: 'CREATE TABLE sqlite_sequence(name,seq)' },
  {
    type: 'index',
    name: '_stream_order',
    table: '_stream_records',
    sql: 'CREATE INDEX _stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  },
] as const;

const pageBytes = 4096;
const leafKinds = { table: 13, index: 10 } as const;

/** SQLite's integer of variable length; what stands here needs two bytes at most. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value >> 7) | 128, value & 127]);

const textCode = (text: string): number[] => varint(13 + 2 * Buffer.byteLength(text));

/** A row of the schema's table: lengths, row id, codes of the columns, columns. */
const schemaCell = ({ type, name, table, sql }: (typeof schema)[number], index: number): Buffer => {
  const rootPage = index + 2;
  const codes = [...textCode(type), ...textCode(name), ...textCode(table), 1, ...textCode(sql)];
  const record = [codes.length + 1, ...codes, ...Buffer.from(type + name + table), rootPage, ...Buffer.from(sql)];
  return Buffer.from([...varint(record.length), index + 1, ...record]);
};

/** Fills the head of a leaf page: kind, number of cells, where they begin, and a pointer to each. */
const writeLeaf = (page: Buffer, start: number, kind: number, cells: readonly Buffer[]): Buffer => {
  page.writeUInt8(kind, start);
  page.writeUInt16BE(cells.length, start + 3);
  let end = pageBytes;
  for (const [index, cell] of cells.entries()) {
    end -= cell.length;
    cell.copy(page, end);
    page.writeUInt16BE(end, start + 8 + 2 * index);
  }
  page.writeUInt16BE(end, start + 5);
  return page;
};

const firstPage = (): Buffer => {
  const page = Buffer.alloc(pageBytes);
  page.write('SQLite format 3\0', 'latin1');
  page.writeUInt16BE(pageBytes, 16);
  page.set([1, 1, 0, 64, 32, 32], 18);
  const numbers = { changes: [24, 1], pages: [28, schema.length + 1], schemaCookie: [40, 1], format: [44, 4] };
  const more = { utf8: [56, 1], validFor: [92, 1], writtenBy: [96, 3_040_001] };
  for (const [at = 0, value = 0] of Object.values({ ...numbers, ...more })) page.writeUInt32BE(value, at);
  return writeLeaf(page, 100, leafKinds.table, schema.map(schemaCell));
};

/** The bytes of a database that holds nothing but the stream's table and its index. */
export const seedTableFile = (): Buffer =>
  Buffer.concat([firstPage(), ...schema.map(({ type }) => writeLeaf(Buffer.alloc(pageBytes), 0, leafKinds[type], []))]);

/** Writes the file, unless there is one already. */
export const ensureTableFile = (file: string): void => {
  if (existsSync(file)) return;
  writeFileSync(`${file}.new`, seedTableFile());
  renameSync(`${file}.new`, file);
};
