import type { Body } from './body.ts';

/** One record of the file. */
export interface Row {
  /** 1 for the first record; the header of a CSV file does not count. */
  number: number;
  /** By column. */
  cells: Record<string, unknown>;
  /** Why the record cannot be used, where the file itself is wrong. */
  fault?: string;
}

/** A record that was not taken, and why; `path` is where in what was sent, empty where the record itself is wrong. */
export interface RowError {
  row: Row;
  path: string;
  reason: string;
}

/** A row and what is sent for it. */
export interface MappedRow {
  row: Row;
  body: Body;
}
