import type { FileFormat } from '../../model/import-spec.ts';
import { errorNames, withGuard } from './error-cells.ts';
import type { RowError } from './row.ts';

const textOf = (cell: unknown): string =>
  cell === undefined || cell === null ? '' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);

const needsQuotes = /[",\n\r\uFEFF]|^ | $/;

const quoted = (cell: string): string => (needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csvLine = (cells: readonly unknown[]): string =>
  `${cells.map(cell => quoted(withGuard(textOf(cell)))).join(',')}\n`;

interface ErrorWriter {
  /** What stands before the first line; may be empty. */
  header: string;
  lineOf: (error: RowError) => string;
}

/** Rows that were not taken, in the format of the file that they come from, with `row`, `path` and `reason`. */
export const errorWriters: Record<FileFormat, (columns: readonly string[]) => ErrorWriter> = {
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
