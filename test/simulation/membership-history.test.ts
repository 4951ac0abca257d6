import { expect, test } from 'vitest';
import { controls, membershipControls, noticedBy } from './controls.ts';
import { membershipHistory } from './membership-history.ts';

const seeds = Array.from({ length: 12 }, (_, seed) => seed);

test('whatever fails and in whatever order, memberships are what evaluating everybody from scratch gives', async () => {
  for (const seed of seeds) expect(await membershipHistory(seed), `seed ${seed}`).toEqual([]);
}, 120_000);

test.each(membershipControls.map(name => [name, controls[name]]))(
  '%s: it is noticed when %s',
  async name => {
    expect(await noticedBy(name, 'membership', seeds, { first: true })).toHaveLength(1);
  },
  120_000,
);
