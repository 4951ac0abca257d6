import { expect, test } from 'vitest';
import { controls, noticedBy, traitControls } from './controls.ts';
import { traitHistory } from './trait-history.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('traits are what calculating them from scratch gives, in whatever order backfill, events and time came', async () => {
  for (const seed of seedsBelow(6)) expect(await traitHistory(seed), `seed ${seed}`).toEqual([]);
}, 120_000);

test.each(traitControls.slice(0, 1).map(name => [name, controls[name]]))(
  '%s: it is noticed when %s',
  async name => {
    expect(await noticedBy(name, 'traits', seedsBelow(40), { first: true })).toHaveLength(1);
  },
  120_000,
);
