import type { Condition, LoneWrite, Value } from '../../../core/ports/table.ts';

/** One PartiQL statement with the values of its question marks, in their order. */
export interface Statement {
  Statement: string;
  Parameters: Value[];
}

const name = (attribute: string): string => `"${attribute.replaceAll('"', '""')}"`;
const text = (attribute: string): string => `'${attribute.replaceAll("'", "''")}'`;
const path = (dotted: string): string => dotted.split('.').map(name).join('.');

const clause = (condition: Condition): string => {
  if ('value' in condition) return `${path(condition.attribute)} ${condition.is} ?`;
  return `${path(condition.attribute)} IS ${condition.is === 'absent' ? 'MISSING' : 'NOT MISSING'}`;
};

const insert = (tableName: string, { item }: Extract<LoneWrite, { kind: 'put' }>): Statement => {
  const attributes = Object.entries(item).filter((one): one is [string, Value] => one[1] !== undefined);
  return {
    Statement: `INSERT INTO ${name(tableName)} VALUE {${attributes.map(([key]) => `${text(key)}: ?`).join(', ')}}`,
    Parameters: attributes.map(([, value]) => value),
  };
};

/** AWS documents several SET words, the embedded engine takes only commas: one attribute is what both understand. */
const update = (tableName: string, { key, set = {}, when = [] }: Extract<LoneWrite, { kind: 'update' }>): Statement => {
  const sets = Object.keys(set).map(attribute => `${name(attribute)} = ?`);
  const clauses = ['"pk" = ?', '"sk" = ?', ...when.map(clause)];
  return {
    Statement: `UPDATE ${name(tableName)} SET ${sets.join(', ')} WHERE ${clauses.join(' AND ')}`,
    Parameters: [
      ...Object.values(set),
      key.pk,
      key.sk,
      ...when.flatMap(condition => ('value' in condition ? [condition.value] : [])),
    ],
  };
};

/** A write as a statement that is refused by its condition alone, whatever becomes of others in the batch. */
export const statementOf = (tableName: string, write: LoneWrite): Statement =>
  write.kind === 'put' ? insert(tableName, write) : update(tableName, write);
