import type { Value, Write } from '../../../core/ports/table.ts';
import { conditionExpression } from './condition-expression.ts';
import { Placeholders } from './placeholders.ts';

type Of<Kind extends Write['kind']> = Extract<Write, { kind: Kind }>;

/** The input of a put, alone or in a transaction. */
export const putInput = (TableName: string, { item, when }: Of<'put'>) => {
  const placeholders = new Placeholders();
  const condition = conditionExpression(when, placeholders);
  return { TableName, Item: item, ...condition, ...placeholders.maps() };
};

const entries = (values: { [path: string]: Value } | undefined): [string, Value][] =>
  values === undefined ? [] : Object.entries(values);

/** `add` is written as a SET, because ADD is not promised to reach into maps; an absent number counts as 0. */
const updateExpression = ({ set, add, remove }: Of<'update'>, placeholders: Placeholders): string => {
  const sets = entries(set).map(([path, value]) => `${placeholders.path(path)} = ${placeholders.value(value)}`);
  const zero = add === undefined || Object.keys(add).length === 0 ? '' : placeholders.value(0);
  for (const [path, amount] of entries(add)) {
    const target = placeholders.path(path);
    sets.push(`${target} = if_not_exists(${target}, ${zero}) + ${placeholders.value(amount)}`);
  }
  const removes = (remove ?? []).map(path => placeholders.path(path));
  const parts = [
    sets.length > 0 ? `SET ${sets.join(', ')}` : '',
    removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
  ];
  return parts.filter(part => part !== '').join(' ');
};

/** The input of an update, alone or in a transaction. */
export const updateInput = (TableName: string, write: Of<'update'>) => {
  const placeholders = new Placeholders();
  const UpdateExpression = updateExpression(write, placeholders);
  const condition = conditionExpression(write.when, placeholders);
  return { TableName, Key: write.key, UpdateExpression, ...condition, ...placeholders.maps() };
};

/** The input of a delete, alone or in a transaction. */
export const deleteInput = (TableName: string, { key, when }: Of<'delete'>) => {
  const placeholders = new Placeholders();
  const condition = conditionExpression(when, placeholders);
  return { TableName, Key: key, ...condition, ...placeholders.maps() };
};

/** The input of a check, which exists in a transaction only. */
export const checkInput = (TableName: string, { key, when }: Of<'check'>) => {
  const placeholders = new Placeholders();
  const { ConditionExpression = '' } = conditionExpression(when, placeholders);
  return { TableName, Key: key, ConditionExpression, ...placeholders.maps() };
};

/** One write as an element of a transaction. */
export const transactItem = (tableName: string, write: Write) => {
  switch (write.kind) {
    case 'put':
      return { Put: putInput(tableName, write) };
    case 'update':
      return { Update: updateInput(tableName, write) };
    case 'delete':
      return { Delete: deleteInput(tableName, write) };
    case 'check':
      return { ConditionCheck: checkInput(tableName, write) };
  }
};
