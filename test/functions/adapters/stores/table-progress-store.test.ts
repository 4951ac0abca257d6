import { expect, test } from 'vitest';
import { tableProgressStore } from '../../../../functions/adapters/stores/table-progress-store.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';

test('batches of a shard may end out of order: the furthest one stands', async () => {
  const progress = tableProgressStore(memoryTable());
  for (const sequence of ['5', '100', '99', '100', '7']) {
    await progress.report('foldEvents', { shard: 's-1', sequence, at: Number(sequence) });
  }
  await progress.report('foldEvents', { shard: 's-2', sequence: '1', at: 1 });
  await progress.report('another', { shard: 's-1', sequence: '500', at: 500 });
  expect(await progress.of('foldEvents')).toEqual([
    { shard: 's-1', sequence: '100', at: 100 },
    { shard: 's-2', sequence: '1', at: 1 },
  ]);
});

test('of two first reports at the same time the furthest one stands, too', async () => {
  const progress = tableProgressStore(memoryTable());
  await Promise.all(
    ['1', '2', '3'].map(sequence => progress.report('foldEvents', { shard: 's-1', sequence, at: Number(sequence) })),
  );
  expect(await progress.of('foldEvents')).toEqual([{ shard: 's-1', sequence: '3', at: 3 }]);
});
