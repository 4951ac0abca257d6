import { extname } from 'node:path';
import { CliError } from '../cli-error.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import type { Row } from './row.ts';

const readers: Record<string, (file: string) => AsyncGenerator<Row>> = {
  '.csv': readCsv,
  '.tsv': readCsv,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
};

/**
 * Reads the records of a file one after the other; the whole file is never in memory.
 *
 * @throws CliError where the name ends with no known format
 */
export const readRows = (file: string): AsyncGenerator<Row> => {
  const read = readers[extname(file).toLowerCase()];
  if (!read) throw new CliError(`${file}: the name must end with ${Object.keys(readers).join(', ')}.`);
  return read(file);
};

const sampleRows = 100;

/** The columns of a file: the header of a CSV file, the members of the first objects of a JSONL file. */
export const columnsOf = async (file: string): Promise<string[]> => {
  const columns = new Set<string>();
  for await (const { number, cells, fault } of readRows(file)) {
    if (fault === undefined) for (const column of Object.keys(cells)) columns.add(column);
    if (number >= sampleRows) break;
  }
  if (columns.size === 0) throw new CliError(`${file} has no records that can be read.`);
  return [...columns];
};
