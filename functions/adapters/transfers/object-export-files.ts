import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import type { FileFormat } from '../../../core/model/import-spec.ts';
import type { ExportFiles, ExportRow } from '../../../core/ports/export-files.ts';
import type { ObjectStore } from '../../../core/ports/object-store.ts';

const pack = promisify(gzip);

const contentTypes: Record<FileFormat, string> = { csv: 'text/csv; charset=utf-8', jsonl: 'application/gzip' };

/** A spreadsheet takes a cell for a formula that begins with one of these; an apostrophe is put before it. */
const csvOf = (rows: readonly (readonly unknown[])[]): Uint8Array =>
  Buffer.from(
    stringify(
      rows.map(row => row.map(withoutNul)),
      { escape_formulas: true },
    ),
  );

const withoutNul = (cell: unknown): unknown => (typeof cell === 'string' ? cell.replaceAll('\u0000', '') : cell);

const encoders: Record<FileFormat, (rows: readonly ExportRow[]) => Promise<Uint8Array>> = {
  csv: async rows => csvOf(rows.map(row => Object.values(row))),
  jsonl: rows => pack(rows.map(row => `${JSON.stringify(row)}\n`).join('')),
};

async function* wholeFile(head: Uint8Array, parts: readonly string[], store: ObjectStore): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (const key of parts) {
    const part = await store.read(key);
    if (!part) throw new Error(`the part ${key} of an export is gone`);
    yield* part;
  }
}

/** Exports in an object store. Gzipped parts one after the other are one gzipped file. */
export const objectExportFiles = (store: ObjectStore): ExportFiles => ({
  csvText: (columns, rows) => Buffer.from(csvOf([columns, ...rows.map(row => Object.values(row))])).toString('utf8'),
  putPart: async (key, format, rows) => {
    const bytes = await encoders[format](rows);
    const { sizeBytes } = await store.put(key, bytes, { contentType: contentTypes[format] });
    return { sizeBytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  },
  join: async (key, format, columns, parts) => {
    const head = format === 'csv' ? csvOf([columns]) : new Uint8Array();
    const body = format === 'jsonl' && parts.length === 0 ? [await encoders.jsonl([])] : wholeFile(head, parts, store);
    const written = await store.write(key, asIterable(body), { contentType: contentTypes[format] });
    return written.sizeBytes;
  },
});

async function* asIterable(body: AsyncIterable<Uint8Array> | readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* body;
}
