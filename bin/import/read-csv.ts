import { createReadStream } from 'node:fs';
import { PassThrough } from 'node:stream';
import Papa, { type ParseStepResult } from 'papaparse';
import { CliError } from '../cli-error.ts';
import type { Row } from './row.ts';

type Chunk = Pick<ParseStepResult<string[][]>, 'data' | 'errors'>;

/** Parses as fast as the rows are taken: a full pipe halts the parser, and with it the file. */
const chunksOf = (file: string): PassThrough => {
  const input = createReadStream(file, 'utf8');
  const chunks = new PassThrough({ objectMode: true, highWaterMark: 2 });
  chunks.once('close', () => input.destroy());
  Papa.parse<string[]>(input, {
    skipEmptyLines: true,
    chunk: ({ data, errors }, parser) => {
      if (chunks.write({ data, errors })) return;
      parser.pause();
      chunks.once('drain', () => parser.resume());
    },
    complete: () => chunks.end(),
    error: failure => chunks.destroy(failure),
  });
  return chunks;
};

const headerOf = (fields: string[]): string[] => {
  const columns = fields.map((field, index) => (index === 0 ? field.replace(/^\uFEFF/, '') : field).trim());
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  if (repeated !== undefined) throw new CliError(`The header names the column “${repeated}” twice; rename one.`);
  return columns;
};

const faultOf = (fields: string[], columns: string[], quoteFault: string | undefined): Pick<Row, 'fault'> => {
  if (quoteFault !== undefined) return { fault: quoteFault };
  if (fields.length === columns.length) return {};
  return { fault: `has ${fields.length} fields; the header names ${columns.length} columns` };
};

/**
 * Reads a CSV file with a header line, record by record. Delimiter and line ends are found out; quotes as in RFC 4180.
 *
 * @throws CliError where the header names a column twice
 */
export async function* readCsv(file: string): AsyncGenerator<Row> {
  let columns: string[] | undefined;
  let number = 0;
  for await (const chunk of chunksOf(file)) {
    const { data, errors } = chunk as Chunk;
    const quoteFaults = new Map(errors.flatMap(({ type, row, message }) => (type === 'Quotes' ? [[row, message]] : [])));
    for (const [index, fields] of data.entries()) {
      if (columns === undefined) {
        columns = headerOf(fields);
        continue;
      }
      const cells = Object.fromEntries(columns.map((column, position) => [column, fields[position]]));
      number += 1;
      yield { number, cells, ...faultOf(fields, columns, quoteFaults.get(index)) };
    }
  }
}
