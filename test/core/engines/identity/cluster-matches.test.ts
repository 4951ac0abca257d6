import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClusterRules, clusterMatches } from '../../../../core/engines/identity/cluster-matches.ts';

type Pair = [left: number, right: number, score: number];

const rules: ClusterRules = { scoreMin: 95, sizeMax: 50, customerIdOf: () => undefined };
const clustered = (pairs: Pair[], count: number, own: Partial<ClusterRules> = {}) =>
  clusterMatches(
    { left: pairs.map(pair => pair[0]), right: pairs.map(pair => pair[1]), scores: pairs.map(pair => pair[2]) },
    count,
    { ...rules, ...own },
  );

test('records that are one person directly or through a third are one cluster, named after its smallest', () => {
  const { clusterOf } = clustered(
    [
      [1, 2, 99],
      [2, 3, 97],
      [1, 3, 40],
    ],
    5,
  );
  expect([...clusterOf]).toEqual([0, 1, 1, 1, 4]);
});

test('a pair below the score joins nobody', () => {
  expect([...clustered([[0, 1, 94.9]], 2).clusterOf]).toEqual([0, 1]);
});

test('two customers never come together, not even through records that are neither', () => {
  const customers = ['c-1', undefined, 'c-2'];
  const { clusterOf, refused } = clustered(
    [
      [0, 1, 99],
      [1, 2, 98],
      [0, 2, 100],
    ],
    3,
    {
      customerIdOf: record => customers[record],
    },
  );
  expect(clusterOf[0]).not.toBe(clusterOf[2]);
  expect(refused.customers).toBeGreaterThan(0);
});

test('one pair does not join two groups whose other members contradict it', () => {
  const { clusterOf, refused } = clustered(
    [
      [0, 1, 100],
      [2, 3, 100],
      [1, 2, 96],
    ],
    4,
  );
  expect([...clusterOf]).toEqual([0, 0, 2, 2]);
  expect(refused.unsupported).toBe(1);
});

test('a storm of merges stops at the cap and is told', () => {
  const pairs = Array.from({ length: 30 }, (_, left) =>
    Array.from({ length: 29 - left }, (_, further): Pair => [left, left + further + 1, 99]),
  ).flat();
  const { clusterOf, refused } = clustered(pairs, 30, { sizeMax: 10 });
  const sizes = new Map<number, number>();
  for (const cluster of clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  expect(Math.max(...sizes.values())).toBe(10);
  expect(refused.tooLarge).toBeGreaterThan(0);
});

const count = 12;
const somePairs = fc.uniqueArray(
  fc
    .tuple(fc.nat(count - 2), fc.nat(count - 1), fc.integer({ min: 50, max: 100 }))
    .filter(([left, right]) => left < right),
  { selector: ([left, right]) => left * count + right, maxLength: 40 },
);

test('no cluster ever holds two customers or more records than the cap', () =>
  fc.assert(
    fc.property(
      somePairs,
      fc.array(fc.option(fc.constantFrom('c-1', 'c-2', 'c-3')), { minLength: count }),
      (pairs, ids) => {
        const { clusterOf } = clustered(pairs as Pair[], count, {
          sizeMax: 5,
          customerIdOf: one => ids[one] ?? undefined,
        });
        for (const cluster of new Set(clusterOf)) {
          const members = ids.filter((_, record) => clusterOf[record] === cluster);
          expect(clusterOf.filter(one => one === cluster).length).toBeLessThanOrEqual(5);
          expect(new Set(members.filter(id => id !== null)).size).toBeLessThanOrEqual(1);
        }
      },
    ),
  ));
