import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { PlatformPlace } from '../../../../core/model/platform-config.ts';
import type { DuckdbEngine } from '../../lake/duckdb.ts';

export const dropColumns = [
  'operation',
  'row',
  'profileId',
  'email',
  'phone',
  'customerId',
  'firstName',
  'lastName',
  'country',
] as const;
export type DropRow = { [Column in (typeof dropColumns)[number]]?: string | undefined };

export type DropFormat = PlatformPlace<'s3'>['format'];

export const dropKinds: Record<DropFormat, { extension: string; contentType: string }> = {
  csv: { extension: 'csv', contentType: 'text/csv; charset=utf-8' },
  json: { extension: 'ndjson', contentType: 'application/x-ndjson' },
  parquet: { extension: 'parquet', contentType: 'application/vnd.apache.parquet' },
};

const jsonLines = (rows: readonly DropRow[]): Uint8Array =>
  Buffer.from(rows.map(row => `${JSON.stringify(row)}\n`).join(''));

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
const columnTypes = `{${dropColumns.map(name => `"${name}": 'VARCHAR'`).join(', ')}}`;

/** Written by the engine that writes the lake’s files as well. */
const parquetOf = async (rows: readonly DropRow[], engine: Pick<DuckdbEngine, 'using'>): Promise<Uint8Array> => {
  const folder = join(tmpdir(), `drop-${randomUUID()}`);
  const [source, file] = [join(folder, 'rows.ndjson'), join(folder, 'rows.parquet')];
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(source, jsonLines(rows));
    const read = `read_json(${quoted(source)}, format = 'newline_delimited', columns = ${columnTypes})`;
    const write = `COPY (SELECT * FROM ${read}) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd)`;
    await engine.using(duckdb => duckdb.run(write));
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The bytes of a file of a drop. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export const dropFile = async (
  rows: readonly DropRow[],
  format: DropFormat,
  engine: Pick<DuckdbEngine, 'using'>,
): Promise<Uint8Array> => {
  if (format === 'parquet') return parquetOf(rows, engine);
  if (format === 'json') return jsonLines(rows);
  const cells = rows.map(row => dropColumns.map(name => row[name] ?? ''));
  return Buffer.from(stringify([[...dropColumns], ...cells], { escape_formulas: true }));
};
