import { extname } from 'node:path';
import { checkedRow } from '../../core/engines/imports/checked-row.ts';
import type { RowAt } from '../../core/engines/imports/read-csv-rows.ts';
import type { Row } from '../../core/engines/imports/row.ts';
import type { FileFormat } from '../../core/model/import-spec.ts';
import { CliError } from '../cli-error.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';

const formats: Record<string, FileFormat> = { '.csv': 'csv', '.tsv': 'csv', '.jsonl': 'jsonl', '.ndjson': 'jsonl' };
const readers: Record<FileFormat, (file: string) => AsyncGenerator<RowAt>> = { csv: readCsv, jsonl: readJsonLines };

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

/** Reads the records of a file one after the other; the whole file is never in memory. */
export async function* readRows(file: string): AsyncGenerator<Row> {
  for await (const { end: _end, ...row } of readers[formatOf(file)](file)) yield checkedRow(row);
}
