import { readPath } from '../../language/read-path.ts';
import type { Body } from './body.ts';
import type { Field, Plan } from './import-plan.ts';
import type { MappedRow, Row, RowError } from './row.ts';
import { wholeRow } from './whole-row.ts';

const trimmed = (cell: unknown): unknown => (typeof cell === 'string' ? cell.trim() : cell);

const cellOf = ({ cells }: Row, { from }: Field): unknown => {
  if ('text' in from) return from.text;
  return Object.hasOwn(cells, from.column) ? cells[from.column] : readPath(cells, from.column);
};

const isBlank = (cell: unknown): boolean => cell === undefined || cell === null || cell === '';

const fill = (body: Body, row: Row, field: Field): string | undefined => {
  const cell = trimmed(cellOf(row, field));
  if (isBlank(cell)) return undefined;
  const reading = field.target.read(cell);
  if ('reason' in reading) return reading.reason;
  field.target.put(body, reading.value);
  return undefined;
};

/** Turns a row into what is sent for it, or tells why this cannot be. Blank cells are left out. */
export const mapRow = (row: Row, { kind, fields }: Plan): MappedRow | RowError => {
  if (row.fault !== undefined) return { row, path: '', reason: row.fault };
  const body: Body = kind === 'consents' ? { type: 'consent' } : {};
  for (const field of fields) {
    const reason = fill(body, row, field);
    if (reason !== undefined) return { row, path: field.target.name, reason };
  }
  return wholeRow(row, body, kind);
};
