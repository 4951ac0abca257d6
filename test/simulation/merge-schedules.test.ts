import { expect, test } from 'vitest';
import { mergeReport } from './merge-report.ts';
import { unmergeHistory } from './unmerge-history.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('whatever fails and in whatever order, merged people are one person and parted ones two', async () => {
  for (const seed of seedsBelow(25)) expect(await mergeReport(seed), `seed ${seed}`).toEqual([]);
}, 120_000);

test('undone, a merge leaves nothing behind', async () => {
  for (const seed of seedsBelow(8)) expect(await unmergeHistory(seed), `seed ${seed}`).toEqual([]);
}, 120_000);
