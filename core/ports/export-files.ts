import type { FileFormat } from '../model/import-spec.ts';

/** Writes exports: CSV in which no spreadsheet finds a formula, or gzipped lines of JSON. */
export interface ExportFiles {
  /** A table as text, the columns at its head. */
  csvText(columns: readonly string[], rows: readonly ExportRow[]): string;
  /** Some rows: cells of CSV in the order of the columns, or members of objects. Tells what was written. */
  putPart(key: string, format: FileFormat, rows: readonly ExportRow[]): Promise<WrittenPart>;
  /** One file of all parts, with the columns at its head where the format has one. Returns its size. */
  join(key: string, format: FileFormat, columns: readonly string[], parts: readonly string[]): Promise<number>;
}

/** What a file is known by. */
export interface WrittenPart {
  sizeBytes: number;
  /** Of its bytes, in hex. */
  sha256: string;
}

/** A row, by column. */
export type ExportRow = Readonly<Record<string, unknown>>;
