import { createReadStream } from 'node:fs';
import { CliError } from '../cli-error.ts';
import { csvRecords } from './csv-records.ts';
import { isErrorHeader, withoutGuard } from './error-cells.ts';
import type { Row } from './row.ts';

const headerOf = (fields: string[]): string[] => {
  const columns = fields.map((field, index) => (index === 0 ? field.replace(/^\uFEFF/, '') : field).trim());
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  if (repeated !== undefined) throw new CliError(`The header names the column “${repeated}” twice; rename one.`);
  return columns;
};

const ragged = (fields: string[], columns: string[]): string | undefined =>
  fields.length === columns.length
    ? undefined
    : `has ${fields.length} fields; the header names ${columns.length} columns`;

/** By column; what a broken record has too much of stays in the last cell, so that nothing of it is lost. */
const cellsOf = (fields: string[], columns: string[]): Record<string, string | undefined> => {
  const last = columns.length - 1;
  const fitting = fields.length > columns.length ? [...fields.slice(0, last), fields.slice(last).join(',')] : fields;
  return Object.fromEntries(columns.map((column, position) => [column, fitting[position]]));
};

const isBlank = (fields: string[]): boolean => fields.length === 1 && fields[0] === '';

/**
 * Reads a CSV file with a header line, record by record. Delimiter and line ends are found out; quotes as in RFC 4180;
 * blank lines do not count.
 *
 * @throws CliError where the header names a column twice or is broken
 */
export async function* readCsv(file: string): AsyncGenerator<Row> {
  let columns: string[] | undefined;
  let read = (field: string): string => field;
  let number = 0;
  for await (const { fields, fault: broken } of csvRecords(createReadStream(file, 'utf8'))) {
    if (isBlank(fields)) continue;
    if (columns === undefined) {
      if (broken !== undefined) throw new CliError(`The header of ${file} ${broken}.`);
      columns = headerOf(fields);
      if (isErrorHeader(columns)) read = withoutGuard;
      continue;
    }
    const fault = broken ?? ragged(fields, columns);
    number += 1;
    yield { number, cells: cellsOf(fields.map(read), columns), ...(fault === undefined ? {} : { fault }) };
  }
}
