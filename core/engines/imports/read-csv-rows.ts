import { type CsvDialect, type CsvRecord, csvRecords, dialectOf } from './csv-records.ts';
import { isErrorHeader, withoutGuard } from './error-cells.ts';
import { ImportFault } from './import-fault.ts';
import type { Row } from './row.ts';

/** A row, and where the next one begins in the text that was read. */
export interface RowAt extends Row {
  end: number;
}

/** What the first line of a file tells of all others. */
export interface CsvHeader {
  columns: string[];
  dialect: CsvDialect;
  /** Where the first row begins. */
  end: number;
}

export interface CsvReading {
  /** What a piece of the text says, where the text stands for bytes. */
  decode?: (text: string) => string;
  /** The text begins with a row: the header, and how many rows came before. */
  resumed?: { header: CsvHeader; rows: number };
}

const asIs = (text: string): string => text;

const columnsOf = ({ fields, fault }: CsvRecord, decode: (text: string) => string): string[] => {
  if (fault !== undefined) throw new ImportFault(`The header ${fault}.`);
  const columns = fields.map(decode).map((field, index) => (index === 0 ? field.replace(/^\uFEFF/, '') : field).trim());
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  if (repeated !== undefined) throw new ImportFault(`The header names the column “${repeated}” twice; rename one.`);
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

const isBlank = ({ fields }: CsvRecord): boolean => fields.length === 1 && fields[0] === '';

async function* alone(text: string): AsyncGenerator<string> {
  yield text;
}

/** The header of a file, by its beginning. @throws ImportFault where it is broken, or names a column twice */
export const csvHeader = async (start: string, decode = asIs): Promise<CsvHeader> => {
  const dialect = dialectOf(start);
  for await (const record of csvRecords(alone(start), dialect)) {
    if (!isBlank(record)) return { columns: columnsOf(record, decode), dialect, end: record.end };
  }
  throw new ImportFault('The file is empty.');
};

/**
 * Reads CSV text with a header line, record by record. Delimiter and line ends are found out; quotes as in RFC 4180;
 * blank lines do not count.
 *
 * @throws ImportFault where the header names a column twice or is broken
 */
export async function* readCsvRows(
  pieces: AsyncIterable<string>,
  { decode = asIs, resumed }: CsvReading = {},
): AsyncGenerator<RowAt> {
  let columns = resumed?.header.columns;
  let number = resumed?.rows ?? 0;
  for await (const record of csvRecords(pieces, resumed?.header.dialect)) {
    if (isBlank(record)) continue;
    if (columns === undefined) {
      columns = columnsOf(record, decode);
      continue;
    }
    number += 1;
    yield rowOf(record, number, columns, decode);
  }
}

const rowOf = ({ fields, fault, end }: CsvRecord, number: number, columns: string[], decode: typeof asIs): RowAt => {
  const plain = isErrorHeader(columns) ? (field: string) => withoutGuard(decode(field)) : decode;
  const broken = fault ?? ragged(fields, columns);
  return {
    number,
    cells: cellsOf(fields.map(plain), columns),
    ...(broken === undefined ? {} : { fault: broken }),
    end,
  };
};
