import { createReadStream } from 'node:fs';
import { type RowAt, readCsvRows } from '../../core/engines/imports/read-csv-rows.ts';

/** Reads a CSV file with a header line, record by record. @throws ImportFault for a header that cannot be used */
export const readCsv = (file: string): AsyncGenerator<RowAt> => readCsvRows(createReadStream(file, 'utf8'));
