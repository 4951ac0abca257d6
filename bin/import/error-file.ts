import { appendFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import Papa from 'papaparse';
import { errorNames, withGuard } from './error-cells.ts';
import type { FileFormat } from './read-rows.ts';
import type { RowError } from './row.ts';

/** Where the rows that were not taken are kept, in the format of the input, with `row`, `path` and `reason`. */
export interface ErrorFile {
  path: string;
  append: (errors: readonly RowError[]) => void;
  /** Bytes written so far. */
  size: () => number;
}

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

const textOf = (cell: unknown): string =>
  cell === undefined || cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const csvLine = (cells: readonly unknown[]): string =>
  `${Papa.unparse([cells.map(cell => withGuard(textOf(cell)))], { newline: '\n' })}\n`;

type Writer = (columns: readonly string[]) => { header: string; lineOf: (error: RowError) => string };

const writers: Record<FileFormat, Writer> = {
  csv: columns => {
    const names = errorNames(columns);
    const own = columns.filter(column => !names.includes(column));
    return {
      header: csvLine([...own, ...names]),
      lineOf: ({ row, path, reason }) => csvLine([...own.map(column => row.cells[column]), row.number, path, reason]),
    };
  },
  jsonl: () => ({
    header: '',
    lineOf: ({ row, path, reason }) => {
      const [rowName = '', pathName = '', reasonName = ''] = errorNames(Object.keys(row.cells));
      const said = { [rowName]: row.number, [pathName]: path, [reasonName]: reason };
      return `${JSON.stringify({ ...row.cells, ...said })}\n`;
    },
  }),
};

export interface ErrorFileOptions {
  format: FileFormat;
  columns: readonly string[];
  /** What an earlier run has certainly written; anything behind it is written again. */
  keepBytes: number;
}

/** Opens the file of one import; without an error there is none. */
export const openErrorFile = (path: string, { format, columns, keepBytes }: ErrorFileOptions): ErrorFile => {
  if (keepBytes > 0) truncateSync(path, keepBytes);
  else rmSync(path, { force: true });
  const { header, lineOf } = writers[format](columns);
  return {
    path,
    append: errors => {
      if (errors.length === 0) return;
      appendFileSync(path, (sizeOf(path) === 0 ? header : '') + errors.map(lineOf).join(''));
    },
    size: () => sizeOf(path),
  };
};
