import { expect, test } from 'vitest';
import { membershipHistory } from './membership-history.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('whatever fails and in whatever order, memberships are what evaluating everybody from scratch gives', async () => {
  for (const seed of seedsBelow(4)) expect(await membershipHistory(seed), `seed ${seed}`).toEqual([]);
}, 120_000);
