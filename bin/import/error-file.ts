import { appendFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { errorWriters } from '../../core/engines/imports/error-lines.ts';
import type { RowError } from '../../core/engines/imports/row.ts';
import type { FileFormat } from '../../core/model/import-spec.ts';

/** Where the rows that were not taken are kept, in the format of the input, with `row`, `path` and `reason`. */
export interface ErrorFile {
  path: string;
  append: (errors: readonly RowError[]) => void;
  /** Bytes written so far. */
  size: () => number;
}

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

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
  const { header, lineOf } = errorWriters[format](columns);
  return {
    path,
    append: errors => {
      if (errors.length === 0) return;
      appendFileSync(path, (sizeOf(path) === 0 ? header : '') + errors.map(lineOf).join(''));
    },
    size: () => sizeOf(path),
  };
};
