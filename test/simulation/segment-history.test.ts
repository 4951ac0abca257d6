import { expect, test } from 'vitest';
import { controls, noticedBy, segmentControls } from './controls.ts';
import { segmentHistory } from './segment-history.ts';

const seedsBelow = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('segments of every type are what evaluating everybody from scratch gives, also after time alone went on', async () => {
  for (const seed of seedsBelow(5)) expect(await segmentHistory(seed, 14), `seed ${seed}`).toEqual([]);
}, 120_000);

test.each(segmentControls.map(name => [name, controls[name]]))(
  '%s: it is noticed when %s',
  async name => {
    expect(await noticedBy(name, 'segments', seedsBelow(16), { first: true })).toHaveLength(1);
  },
  120_000,
);
