import { expect, test } from 'vitest';
import { keys } from '../../../../functions/adapters/stores/access-patterns.ts';
import { tableBlockIndex } from '../../../../functions/adapters/stores/table-block-index.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';

const opened = () => {
  const table = memoryTable();
  return { table, index: tableBlockIndex(table) };
};

test('whoever shares most keys comes first, and nobody who shares none', async () => {
  const { index } = opened();
  await index.index('p1', 1, ['a', 'b']);
  await index.index('p2', 1, ['b']);
  await index.index('p3', 1, ['c']);
  expect(await index.candidates(['a', 'b'], 10)).toEqual([
    { profileId: 'p1', shared: 2 },
    { profileId: 'p2', shared: 1 },
  ]);
  expect(await index.candidates(['a', 'b'], 1)).toHaveLength(1);
});

test('the keys of an earlier version never replace those of a later one', async () => {
  const { index } = opened();
  await index.index('p1', 2, ['b']);
  await index.index('p1', 1, ['a']);
  expect(await index.candidates(['a'], 10)).toEqual([]);
  expect(await index.candidates(['b'], 10)).toHaveLength(1);
});

test('keys that a profile has no more do not lead to it', async () => {
  const { index } = opened();
  await index.index('p1', 1, ['a', 'b']);
  await index.index('p1', 2, ['b', 'c']);
  const found = async (key: string) => (await index.candidates([key], 10)).length;
  expect([await found('a'), await found('b'), await found('c')]).toEqual([0, 1, 1]);
});

test('the same once more writes nothing', async () => {
  const { table, index } = opened();
  await index.index('p1', 1, ['a', 'b']);
  const before = await table.get(keys.blocksOf('p1'));
  await index.index('p1', 1, ['a', 'b']);
  expect(await table.get(keys.blocksOf('p1'))).toEqual(before);
});

test('a key takes 100, counts whom it does not take, and then leads to nobody', async () => {
  const { index } = opened();
  for (let number = 0; number < 100; number += 1) {
    expect(await index.index(`p${number}`, 1, ['common'])).toEqual({ full: 0 });
  }
  expect(await index.index('one-more', 1, ['common', 'rare'])).toEqual({ full: 1 });
  expect(await index.candidates(['common'], 200)).toEqual([]);
  expect(await index.candidates(['rare'], 200)).toHaveLength(1);
});

test('many who come to one key at the same time are all in it', async () => {
  const { index } = opened();
  await Promise.all(Array.from({ length: 10 }, (_, number) => index.index(`p${number}`, 1, ['key'])));
  expect(await index.candidates(['key'], 20)).toHaveLength(10);
});

test('whoever was late under keys of an earlier version leaves none of them behind', async () => {
  const { table, index } = opened();
  await index.index('p1', 3, ['b']);
  // As a worker leaves it that had noted version 2 before, and put it into its block after version 3 was through.
  await table.write({ kind: 'put', item: { ...keys.block('a'), d: { v: 1, ids: ['p1'] } } });
  await index.index('p1', 3, ['b'], ['a']);
  expect(await index.candidates(['a'], 10)).toEqual([]);
  expect(await index.candidates(['b'], 10)).toHaveLength(1);
});

test('of a profile that is forgotten nothing stands', async () => {
  const { table, index } = opened();
  await index.index('p1', 1, ['a', 'b']);
  await index.forget('p1');
  expect(await index.candidates(['a', 'b'], 10)).toEqual([]);
  expect(await table.get(keys.blocksOf('p1'))).toBeUndefined();
});
