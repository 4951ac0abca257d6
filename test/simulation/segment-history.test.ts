import { expect, test } from 'vitest';
import { segmentHistory } from './segment-history.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('segments of every type are what evaluating everybody from scratch gives, also after time alone went on', async () => {
  for (const seed of seedsBelow(5)) expect(await segmentHistory(seed, 14), `seed ${seed}`).toEqual([]);
}, 120_000);
