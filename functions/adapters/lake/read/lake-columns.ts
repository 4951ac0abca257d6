import { type LakeEvent, lakeEventColumns } from '../../../../core/model/lake-event.ts';
import type { Row } from '../duckdb-connection.ts';

type Column = keyof typeof lakeEventColumns;
const columns = Object.entries(lakeEventColumns) as [Column, string][];

/** A text as SQL has it; for names that we gave ourselves. What a caller says is bound. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** In JSON lines times are numbers and bytes are base64. */
const typeInJson = (type: string): string => (type === 'TIMESTAMP' ? 'BIGINT' : type === 'BLOB' ? 'VARCHAR' : type);

const fromJson = ([name, type]: [Column, string]): string => {
  if (type === 'TIMESTAMP') return `make_timestamp("${name}" * 1000) AS "${name}"`;
  return type === 'BLOB' ? `from_base64("${name}") AS "${name}"` : `"${name}"`;
};

/** Every column of an event, in order. */
export const eventColumns = columns.map(([name]) => `"${name}"`).join(', ');
/** The same, with their types. */
export const eventColumnTypes = columns.map(([name, type]) => `"${name}" ${type}`).join(', ');
/** The same, out of lines of JSON. */
export const eventColumnsFromJson = columns.map(fromJson).join(', ');
/** What lines of JSON have. */
export const jsonColumns = `{${columns.map(([name, type]) => `"${name}": ${quoted(typeInJson(type))}`).join(', ')}}`;

/** Exact decimals have all their places in Parquet. */
const withoutZeros = (decimal: unknown): string | null =>
  typeof decimal === 'string' ? decimal.replace(/\.?0+$/, '') : null;

const base64 = (bytes: unknown): string | null =>
  bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : null;

/** A row as the engine answers it, as the event that it is. */
export const lakeEventIn = (row: Row): LakeEvent => {
  const own = Object.fromEntries(columns.map(([name]) => [name, row[name] ?? null]));
  return { ...own, amount: withoutZeros(row.amount), sealed: base64(row.sealed) } as unknown as LakeEvent;
};
