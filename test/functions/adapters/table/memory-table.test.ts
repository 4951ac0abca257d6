import { expect, test } from 'vitest';
import { memoryTable, type TableChange } from '../../../../functions/adapters/table/memory-table.ts';

const key = { pk: 'p', sk: 's' };

test('an operation that fails before never happened', async () => {
  const table = memoryTable({
    before: operation => {
      if (operation === 'write') throw new Error('lost on the way');
    },
  });
  await expect(table.write({ kind: 'put', item: key })).rejects.toThrow('lost on the way');
  expect(await table.get(key)).toBeUndefined();
});

test('an operation that fails after has happened, only its answer is lost', async () => {
  const table = memoryTable({
    after: (operation, detail) => {
      if (operation === 'transact' && Array.isArray(detail)) throw new Error('answer lost');
    },
  });
  await expect(table.transact([{ kind: 'put', item: key }])).rejects.toThrow('answer lost');
  expect(await table.get(key)).toEqual(key);
});

test('a fault in the middle of many writes leaves whole batches of 25 behind', async () => {
  let batches = 0;
  const table = memoryTable({
    before: () => {
      batches += 1;
      if (batches === 2) throw new Error('throttled');
    },
  });
  const puts = Array.from({ length: 60 }, (_, n) => ({ kind: 'put' as const, item: { pk: 'p', sk: `${n}` } }));
  await expect(table.writeMany(puts)).rejects.toThrow('throttled');
  expect(await table.count({ pk: 'p' })).toBe(25);
});

test('hooks see every call with its argument', async () => {
  const calls: unknown[] = [];
  const table = memoryTable({ before: (...call) => void calls.push(call) });
  await table.get(key);
  await table.query({ pk: 'p' });
  expect(calls).toEqual([
    ['get', key],
    ['query', { pk: 'p' }],
  ]);
});

test('the stream tells every change once, in order, with both images', async () => {
  const changes: TableChange[] = [];
  const table = memoryTable({ onChange: change => void changes.push(change) });
  await table.write({ kind: 'put', item: { ...key, n: 1 } });
  await table.write({ kind: 'put', item: { ...key, n: 1 } });
  await table.transact([
    { kind: 'update', key, add: { n: 1 } },
    { kind: 'put', item: { pk: 'q', sk: 's' } },
  ]);
  await table.write({ kind: 'delete', key });
  await table.write({ kind: 'delete', key });
  expect(changes).toEqual([
    { key, newItem: { ...key, n: 1 }, sequence: 1 },
    { key, oldItem: { ...key, n: 1 }, newItem: { ...key, n: 2 }, sequence: 2 },
    { key: { pk: 'q', sk: 's' }, newItem: { pk: 'q', sk: 's' }, sequence: 3 },
    { key, oldItem: { ...key, n: 2 }, sequence: 4 },
  ]);
});

test('a name like __proto__ is an attribute as any other and changes no object', async () => {
  const table = memoryTable();
  await table.write({ kind: 'put', item: { ...key, map: {} } });
  await table.write({ kind: 'update', key, set: { 'map.__proto__': { polluted: true } } });
  const map = (await table.get(key))?.map as object;
  expect(Object.keys(map)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
});
