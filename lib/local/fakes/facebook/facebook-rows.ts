import { accountFault, isMatched } from '../accounts.ts';
import type { FakeStore } from '../fake-store.ts';
import { hashFault } from '../hash-faults.ts';
import { facebookSchema } from './facebook-rules.ts';

export type UserRow = Readonly<Record<string, string>>;

const rowsMax = 10_000;

/** A request is not what the API takes. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused';
}

const fieldFault = (field: string, value: string, store: FakeStore): string | undefined => {
  if (facebookSchema[field]) return hashFault(value) ?? accountFault(field, value, store);
  if (hashFault(value) === undefined) return 'must not be hashed';
  return field === 'MADID' && value !== value.toLowerCase() ? 'must be in lower case' : undefined;
};

const rowOf = (schema: readonly string[], values: unknown, index: number, store: FakeStore): UserRow => {
  if (!Array.isArray(values) || values.length !== schema.length) {
    throw new RowsRefused(`data[${index}] must have one value for each of the ${schema.length} fields of the schema`);
  }
  const entries = schema.flatMap((field, at): [string, string][] => {
    const value: unknown = values[at];
    if (value === '' || value === null) return [];
    if (typeof value !== 'string') throw new RowsRefused(`data[${index}].${field} must be a text`);
    const reason = fieldFault(field, value, store);
    if (reason !== undefined) throw new RowsRefused(`data[${index}].${field} ${reason}`);
    return [[field, value]];
  });
  if (entries.length === 0) throw new RowsRefused(`data[${index}] is blank`);
  return Object.fromEntries(entries);
};

/** The rows of a payload. @throws RowsRefused */
export const facebookRows = (payload: unknown, store: FakeStore): UserRow[] => {
  const { schema, data } = (payload ?? {}) as { schema?: unknown; data?: unknown };
  if (!Array.isArray(data)) throw new RowsRefused('payload.data must be a list');
  if (data.length > rowsMax)
    throw new RowsRefused(`payload.data has ${data.length} rows; at most ${rowsMax} a request`);
  if (data.length === 0) return [];
  const fields = Array.isArray(schema) ? (schema as string[]) : [];
  const unknown = fields.find(field => !Object.hasOwn(facebookSchema, field));
  if (fields.length === 0 || unknown !== undefined) throw new RowsRefused(`payload.schema: ${unknown ?? 'none'}`);
  return data.map((values, index) => rowOf(fields, values, index, store));
};

export const isMatchedRow = (row: UserRow, store: FakeStore): boolean =>
  ['EMAIL', 'PHONE'].some(field => row[field] !== undefined && isMatched(field, row[field], store));
