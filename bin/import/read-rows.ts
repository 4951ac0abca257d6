import { extname } from 'node:path';
import { CliError } from '../cli-error.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { Row } from './row.ts';

export type FileFormat = 'csv' | 'jsonl';

const formats: Record<string, FileFormat> = { '.csv': 'csv', '.tsv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl' };
const readers: Record<FileFormat, (file: string) => AsyncGenerator<Row>> = { csv: readCsv, jsonl: readJsonLines };

/**
 * What a file holds, by its name.
 *
 * @throws CliError where the name ends with no known format
 */
export const formatOf = (file: string): FileFormat => {
  const format = formats[extname(file).toLowerCase()];
  if (!format) throw new CliError(`${file}: the name must end with ${Object.keys(formats).join(', ')}.`);
  return format;
};

/** What stands for bytes that are not UTF-8 once they have been read. */
const unreadable = '\uFFFD';

const checked = (row: Row): Row =>
  row.fault === undefined && JSON.stringify(row.cells).includes(unreadable)
    ? { ...row, fault: 'holds bytes that are not UTF-8; save the file as UTF-8' }
    : row;

/** Reads the records of a file one after the other; the whole file is never in memory. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  for await (const row of readers[formatOf(file)](file)) yield checked(row);
}
