import { expect, test } from 'vitest';
import { checkTransaction, checkWrite } from '../../../../functions/adapters/table/check-write.ts';
import { transactItem, updateInput } from '../../../../functions/adapters/table/write-input.ts';

const key = { pk: 'p', sk: 's' };

test('an update names every attribute and value by a placeholder', () => {
  const when = [{ attribute: 'h.v', is: '=', value: 3 } as const, { attribute: 'gone', is: 'absent' } as const];
  expect(
    updateInput('t', { kind: 'update', key, set: { 'h.x': 'y' }, add: { 'h.v': 1 }, remove: ['old'], when }),
  ).toEqual({
    TableName: 't',
    Key: key,
    UpdateExpression: 'SET #0.#1 = :0, #0.#2 = if_not_exists(#0.#2, :1) + :2 REMOVE #3',
    ConditionExpression: '#0.#2 = :3 AND attribute_not_exists(#4)',
    ExpressionAttributeNames: { '#0': 'h', '#1': 'x', '#2': 'v', '#3': 'old', '#4': 'gone' },
    ExpressionAttributeValues: { ':0': 'y', ':1': 0, ':2': 1, ':3': 3 },
  });
});

test('nothing of the data becomes part of an expression', () => {
  const hostile = 'x) OR attribute_exists(pk';
  const write = transactItem('t', {
    kind: 'update',
    key,
    set: { [hostile]: hostile },
    when: [{ attribute: hostile, is: '=', value: hostile }],
  });
  expect(write.Update?.UpdateExpression).toBe('SET #0 = :0');
  expect(write.Update?.ConditionExpression).toBe('#0 = :1');
});

test('a put without conditions has no empty maps, which DynamoDB would refuse', () => {
  expect(transactItem('t', { kind: 'put', item: key, when: [] })).toEqual({ Put: { TableName: 't', Item: key } });
});

test.each([
  ['an empty key', { kind: 'delete', key: { pk: 'p', sk: '' } }, 'at least one character'],
  ['a key with U+10FFFF', { kind: 'delete', key: { pk: 'p', sk: 'a\u{10ffff}' } }, 'U+10FFFF'],
  ['an empty name in a path', { kind: 'update', key, set: { 'a..b': 1 } }, 'not a dotted path'],
  ['an update of nothing', { kind: 'update', key }, 'something to set'],
  ['a check without a condition', { kind: 'check', key, when: [] }, 'needs a condition'],
  ['an order of booleans', { kind: 'delete', key, when: [{ attribute: 'a', is: '<', value: true }] }, 'no order'],
] as const)('%s is refused before anything is sent', (_, write, message) => {
  expect(() => checkWrite(write as never)).toThrow(message);
  expect(() => checkTransaction([write as never])).toThrow(message);
});
