import { checkedRow } from '../engines/imports/checked-row.ts';
import { ImportFault } from '../engines/imports/import-fault.ts';
import { checkColumns } from '../engines/imports/import-plan.ts';
import { csvHeader, type RowAt, readCsvRows } from '../engines/imports/read-csv-rows.ts';
import { readJsonRows } from '../engines/imports/read-json-rows.ts';
import { byteText, fromByteText } from '../engines/imports/read-text.ts';
import type { MappedRow, Row, RowError } from '../engines/imports/row.ts';
import { isPlain, planOf, rowMapper } from '../engines/imports/spec-plan.ts';
import type { ImportSpec } from '../model/import-spec.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** How far a file was read: bytes, and rows. */
export interface FilePlace {
  offset: number;
  rows: number;
}

export interface Upload {
  columns: string[];
  map: (row: Row) => MappedRow | RowError;
  /** From a place on; `end` is the place in the file. */
  rows: (place: FilePlace) => AsyncGenerator<RowAt>;
}

const headerBytesMax = 1024 * 1024;
const gone = 'The file is gone.';

async function* bytesFrom(key: string, first: number, last: number, store: ObjectStore): AsyncGenerator<Uint8Array> {
  if (first > last) return;
  const bytes = await store.read(key, { first, last });
  if (!bytes) throw new ImportFault(gone);
  yield* bytes;
}

async function* moved(rows: AsyncGenerator<RowAt>, by: number): AsyncGenerator<RowAt> {
  for await (const row of rows) yield checkedRow({ ...row, end: row.end + by });
}

const startOf = async (key: string, sizeBytes: number, store: ObjectStore): Promise<string> => {
  let text = '';
  for await (const piece of byteText(bytesFrom(key, 0, Math.min(headerBytesMax, sizeBytes) - 1, store))) text += piece;
  return text;
};

/** Opens an uploaded file for reading from any place at which a row begins. @throws ImportFault */
export const openUpload = async (
  key: string,
  sizeBytes: number,
  spec: ImportSpec,
  store: ObjectStore,
): Promise<Upload> => {
  const textFrom = (offset: number) => byteText(bytesFrom(key, offset, sizeBytes - 1, store));
  const decode = fromByteText;
  if (spec.format === 'jsonl') {
    return {
      columns: [],
      map: rowMapper(spec, isPlain(spec) ? undefined : planOf(spec, [])),
      rows: ({ offset, rows }) => moved(readJsonRows(textFrom(offset), { decode, rows }), offset),
    };
  }
  const header = await csvHeader(await startOf(key, sizeBytes, store), decode);
  const plan = planOf(spec, header.columns);
  checkColumns(plan, header.columns);
  return {
    columns: header.columns,
    map: rowMapper(spec, plan),
    rows: ({ offset, rows }) => {
      const from = Math.max(offset, header.end);
      return moved(readCsvRows(textFrom(from), { decode, resumed: { header, rows } }), from);
    },
  };
};
