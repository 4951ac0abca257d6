import type { MappedRow, Row, RowError } from '../../core/engines/imports/row.ts';

/** Neighbouring rows that travel together. */
export interface Batch {
  /** Row numbers, both included. */
  from: number;
  to: number;
  rows: MappedRow[];
  /** Rows that are not sent. */
  errors: RowError[];
}

export interface BatchLimits {
  rowsMax: number;
  bytesMax: number;
}

const isMapped = (result: MappedRow | RowError): result is MappedRow => 'body' in result;

const bytesOf = (result: MappedRow | RowError): number =>
  isMapped(result) ? Buffer.byteLength(JSON.stringify(result.body)) + 1 : 0;

const emptyBatch = (from: number): Batch => ({ from, to: from - 1, rows: [], errors: [] });

/** Gathers rows into batches, neither too many nor too large; rows that `skip` names are left out. */
export async function* batchesOf(
  rows: AsyncIterable<Row>,
  map: (row: Row) => MappedRow | RowError,
  { rowsMax, bytesMax }: BatchLimits,
  skip: (row: number) => boolean = () => false,
): AsyncGenerator<Batch> {
  let batch = emptyBatch(1);
  let bytes = 0;
  for await (const row of rows) {
    if (skip(row.number)) continue;
    const result = map(row);
    const more = bytesOf(result);
    const full = row.number - batch.from >= rowsMax || bytes + more > bytesMax;
    const apart = row.number !== batch.to + 1;
    if (full || apart) {
      if (batch.to >= batch.from) yield batch;
      batch = emptyBatch(row.number);
      bytes = 0;
    }
    if (isMapped(result)) batch.rows.push(result);
    else batch.errors.push(result);
    batch.to = row.number;
    bytes += more;
  }
  if (batch.to >= batch.from) yield batch;
}
