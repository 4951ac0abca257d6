import { join } from 'node:path';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import { QueryTooSlow } from '../../../../core/ports/query-engine.ts';
import type { Asking, Duckdb } from '../duckdb-connection.ts';
import { loosePeople, looseTable } from './loose-rows.ts';
import { codeRows, commonCodes, type PackedSources, packedRows, personRows, plainRows } from './packed-rows-sql.ts';
import { PartBuilder, type RowBlock } from './part-builder.ts';
import { writePart } from './part-file.ts';

/** Parts that were written, and what their numbers mean. */
export interface ExpandedRuns {
  /** Names of files. */
  parts: string[];
  codes: PackedCodes;
}

/** The file with the id of each person, one a line, at the place of their number. */
export const peopleName = 'people.txt';

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
const amountType = async (
  duckdb: Duckdb,
  { runs, loose }: PackedSources,
  asking: Asking,
): Promise<'INTEGER' | 'DOUBLE'> => {
  const files = runs.flatMap(({ packed }) => packed.map(path => `'${path.replaceAll("'", "''")}'`));
  const rows = [
    ...(files.length > 0 ? [`SELECT amount FROM read_parquet([${files.join(', ')}])`] : []),
    ...(loose ? [`SELECT amount FROM ${looseTable}`] : []),
  ];
  const [row] = await duckdb.rows(
    `SELECT greatest(max(amount), -min(amount)) AS largest FROM (${rows.join(' UNION ALL ')})`,
    asking,
  );
  return Number(row?.largest ?? 0) > int32Max ? 'DOUBLE' : 'INTEGER';
};

const makeTables = async (
  duckdb: Duckdb,
  sources: PackedSources,
  codes: PackedCodes,
  asking: Asking,
): Promise<void> => {
  await duckdb.run(`CREATE OR REPLACE TEMP TABLE ${tables.people} AS ${personRows(sources)}`, asking);
  for (const kind of ['types', 'channels', 'currencies'] as const)
    await duckdb.run(`CREATE OR REPLACE TEMP TABLE ${tables[kind]} AS ${codeRows(sources, kind, codes)}`, asking);
};

const writePeople = (duckdb: Duckdb, ids: string, folder: string, asking: Asking): Promise<void> => {
  const path = join(folder, peopleName).replaceAll("'", "''");
  return duckdb.run(`COPY (${ids}) TO '${path}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '')`, asking);
};

/** Stops reading when its time is over. */
const deadline = ({ budgetSeconds, signal }: Asking): (() => void) => {
  const until = budgetSeconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + budgetSeconds * 1000;
  return () => {
    signal?.throwIfAborted();
    if (performance.now() > until) throw new QueryTooSlow(`columns were not made within ${budgetSeconds} s`);
  };
};

/** Writes the events of sources into parts of about so many rows in a folder. @throws QueryOverBudget */
export const expandRuns = async (
  duckdb: Duckdb,
  sources: PackedSources,
  folder: string,
  rowsAimed: number,
  asking: Asking,
): Promise<ExpandedRuns> => {
  const codes = commonCodes(sources);
  const parts: string[] = [];
  const { runs, loose } = sources;
  if (runs.length === 0 && !loose) return { parts, codes };
  const check = deadline(asking);
  const types = {
    type: codes.types.length <= 256 ? 'UTINYINT' : 'USMALLINT',
    amount: await amountType(duckdb, sources, asking),
  };
  const plain = plainRows(sources, types);
  if (plain === undefined) await makeTables(duckdb, sources, codes, asking);
  await duckdb.run('SET preserve_insertion_order = true', asking);
  const builder = new PartBuilder(rowsAimed, async part => {
    const name = `${String(parts.length).padStart(4, '0')}.columns`;
    await writePart(join(folder, name), part);
    parts.push(name);
  });
  const result = await duckdb.connection.stream(plain ?? packedRows(sources, tables, types));
  let chunk = await result.fetchChunk();
  while (chunk && chunk.rowCount > 0) {
    check();
    await builder.add(blockIn(chunk));
    /** The block lies in the chunk's memory, which goes with the chunk: it is let go of only here. */
    chunk = chunk.rowCount > 0 ? await result.fetchChunk() : null;
  }
  await builder.end();
  const people = runs.flatMap(run => run.people.map(path => `'${path.replaceAll("'", "''")}'`));
  const ids =
    plain === undefined
      ? `SELECT DISTINCT "personId" FROM ${tables.people} ORDER BY "personId"`
      : `SELECT "personId" FROM read_parquet([${people.join(', ')}]) ORDER BY person`;
  await writePeople(duckdb, ids, folder, asking);
  for (const table of [...Object.values(tables), looseTable, loosePeople])
    await duckdb.run(`DROP TABLE IF EXISTS ${table}`);
  return { parts, codes };
};
