import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../cli-error.ts';
import { readRows } from './read-rows.ts';

/** What must be known of a file before anything of it is sent. */
export interface FileSurvey {
  /** SHA-256 of its bytes, hexadecimal. */
  contentHash: string;
  rows: number;
  /** The header of a CSV file, the members of all objects of a JSONL file. */
  columns: string[];
}

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/**
 * Reads a file once from end to end.
 *
 * @throws CliError where it has no record that can be read
 */
export const surveyFile = async (file: string): Promise<FileSurvey> => {
  const contentHash = await hashOf(file);
  const columns = new Set<string>();
  let rows = 0;
  for await (const { number, cells, fault } of readRows(file)) {
    rows = number;
    if (fault === undefined) for (const column in cells) columns.add(column);
  }
  if (columns.size === 0) throw new CliError(`${file} has no records that can be read.`);
  return { contentHash, rows, columns: [...columns] };
};
