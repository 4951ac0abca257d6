import { isUnreadable } from './read-text.ts';
import type { Row } from './row.ts';

/** A row with its fault, where it holds bytes that are not text. */
export const checkedRow = <R extends Row>(row: R): R =>
  row.fault === undefined && isUnreadable(row.cells)
    ? { ...row, fault: 'holds bytes that are not UTF-8; save the file as UTF-8' }
    : row;
