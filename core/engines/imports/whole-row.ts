import type { ImportKind } from '../../model/import-spec.ts';
import type { Body } from './body.ts';
import { importSource } from './import-source.ts';
import type { MappedRow, Row, RowError } from './row.ts';

/** What a row stands for with what goes without saying, or why it cannot be. */
export const wholeRow = (row: Row, body: Body, kind: ImportKind): MappedRow | RowError => {
  if (kind === 'consents' && body.consent === undefined) return { row, path: 'consent', reason: 'names no consent' };
  if (kind !== 'profiles' && body.consent !== undefined) body.source ??= importSource;
  return { row, body };
};

/** A row that says itself what it stands for, as the API takes it. */
export const plainRow = (row: Row, kind: ImportKind): MappedRow | RowError => {
  if (row.fault !== undefined) return { row, path: '', reason: row.fault };
  return wholeRow(row, { ...row.cells, ...(kind === 'consents' ? { type: 'consent' } : {}) }, kind);
};
