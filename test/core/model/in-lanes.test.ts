import { expect, test } from 'vitest';
import { inLanes } from '../../../core/model/in-lanes.ts';

test('results stand in the order of the values, and never more run at once than there are lanes', async () => {
  let running = 0;
  let most = 0;
  const results = await inLanes([5, 1, 4, 2, 3], 2, async value => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < value; turn += 1) await Promise.resolve();
    running -= 1;
    return value * 2;
  });
  expect(results).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
});

test('a failure is told when nothing runs any more', async () => {
  const ended: number[] = [];
  const work = inLanes([1, 2, 3], 3, async value => {
    if (value === 1) throw new Error('one failed');
    await new Promise(resolve => setImmediate(resolve));
    ended.push(value);
  });
  await expect(work).rejects.toThrow('one failed');
  expect(ended.sort()).toEqual([2, 3]);
});

test('nothing to do is done', async () => {
  expect(await inLanes([], 4, async () => 1)).toEqual([]);
});
