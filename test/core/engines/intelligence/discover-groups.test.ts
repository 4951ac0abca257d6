import { expect, test } from 'vitest';
import { discoverGroups } from '../../../../core/engines/intelligence/discover-groups.ts';
import { normalDrawn } from '../../../fixtures/drawn-numbers.ts';
import { seededRandom } from '../../../fixtures/seeded-random.ts';

/** Many who bought little long ago, some who buy much of late. */
const planted = () => {
  const random = seededRandom(12);
  const people = Array.from({ length: 900 }, (_, place) => {
    const isGood = place % 3 === 0;
    const around = (mean: number, spread: number) => Math.max(0, mean + spread * normalDrawn(random));
    return isGood
      ? [around(900, 150), around(12, 2), around(10, 4)]
      : [around(40, 15), around(1.5, 0.4), around(300, 60)];
  });
  return { features: ['ltv', 'purchaseCount', 'daysSincePurchase'] as const, rows: Float64Array.from(people.flat()) };
};

test('two planted groups are found, each with rules that find it', () => {
  const { groups, silhouette } = discoverGroups(planted());
  expect(groups.map(({ size }) => size)).toEqual([600, 300]);
  expect(silhouette).toBeGreaterThan(0.5);
  for (const { fidelity, rules } of groups) {
    expect(fidelity.precision).toBeGreaterThan(0.98);
    expect(fidelity.recall).toBeGreaterThan(0.98);
    expect(rules.conditions.length).toBeLessThanOrEqual(3);
  }
  expect(groups[1]?.traits.find(({ feature }) => feature === 'ltv')?.median).toBeGreaterThan(800);
});

test('the same people make the same groups, and as many as are asked for', () => {
  expect(discoverGroups(planted(), 3)).toEqual(discoverGroups(planted(), 3));
  expect(discoverGroups(planted(), 3).groups.length).toBe(3);
});
