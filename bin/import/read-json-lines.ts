import { createReadStream } from 'node:fs';
import type { RowAt } from '../../core/engines/imports/read-csv-rows.ts';
import { readJsonRows } from '../../core/engines/imports/read-json-rows.ts';

/** Reads a file with one JSON object per line; blank lines do not count. */
export const readJsonLines = (file: string): AsyncGenerator<RowAt> => readJsonRows(createReadStream(file, 'utf8'));
