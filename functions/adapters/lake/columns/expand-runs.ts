import { join } from 'node:path';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import { codeRows, commonCodes, packedRows, personRows, type RunFiles } from './packed-rows-sql.ts';
import { PartBuilder, type RowBlock } from './part-builder.ts';
import { writePart } from './part-file.ts';

/** Parts that were written, and what their numbers mean. */
export interface ExpandedRuns {
  /** Names of files. */
  parts: string[];
  codes: PackedCodes;
}

const int32Max = 2 ** 31 - 1;

const tables = {
  people: 'packed_people',
  types: 'packed_types',
  channels: 'packed_channels',
  currencies: 'packed_currencies',
};

/** Columns of a chunk as the engine has them, in no need of being copied before they are taken. */
const blockIn = (chunk: DuckDBDataChunk): RowBlock => {
  const column = (index: number) => (chunk.getColumnVector(index) as unknown as { items: unknown }).items;
  return {
    people: column(0) as Uint32Array,
    seconds: column(1) as Uint32Array,
    types: column(2) as Uint8Array | Uint16Array,
    channels: column(3) as Uint8Array,
    currencies: column(4) as Uint8Array,
    amounts: column(5) as Int32Array | Float64Array,
  };
};

/** Whether amounts need more room than most do. */
const amountType = async (duckdb: Duckdb, runs: readonly RunFiles[]): Promise<'INTEGER' | 'DOUBLE'> => {
  const files = runs.flatMap(({ packed }) => packed.map(path => `'${path.replaceAll("'", "''")}'`));
  const [row] = await duckdb.rows(`SELECT max(abs(amount)) AS largest FROM read_parquet([${files.join(', ')}])`);
  return Number(row?.largest ?? 0) > int32Max ? 'DOUBLE' : 'INTEGER';
};

/** Writes the events of sorted runs into parts of about so many rows in a folder. */
export const expandRuns = async (
  duckdb: Duckdb,
  runs: readonly RunFiles[],
  aliases: readonly string[],
  folder: string,
  rowsAimed: number,
): Promise<ExpandedRuns> => {
  const codes = commonCodes(runs);
  const parts: string[] = [];
  if (runs.length === 0) return { parts, codes };
  await duckdb.run(`CREATE OR REPLACE TEMP TABLE ${tables.people} AS ${personRows(runs, aliases)}`);
  for (const kind of ['types', 'channels', 'currencies'] as const)
    await duckdb.run(`CREATE OR REPLACE TEMP TABLE ${tables[kind]} AS ${codeRows(runs, kind, codes)}`);
  const builder = new PartBuilder(rowsAimed, async part => {
    const name = `${String(parts.length).padStart(4, '0')}.columns`;
    await writePart(join(folder, name), part);
    parts.push(name);
  });
  const types = { type: codes.types.length <= 256 ? 'UTINYINT' : 'USMALLINT', amount: await amountType(duckdb, runs) };
  const result = await duckdb.connection.stream(packedRows(runs, tables, types));
  let chunk = await result.fetchChunk();
  while (chunk && chunk.rowCount > 0) {
    await builder.add(blockIn(chunk));
    /** The block lies in the chunk's memory, which goes with the chunk: it is let go of only here. */
    chunk = chunk.rowCount > 0 ? await result.fetchChunk() : null;
  }
  await builder.end();
  for (const table of Object.values(tables)) await duckdb.run(`DROP TABLE ${table}`);
  return { parts, codes };
};
