import { expect, test } from 'vitest';
import { type Behaviour, featureCount, featuresOf } from '../../../../core/engines/lookalike/features.ts';
import { NearestPeople } from '../../../../core/engines/lookalike/nearest-people.ts';
import { ScaleLearner, scaled } from '../../../../core/engines/lookalike/scales.ts';
import { seededRandom } from '../../../fixtures/seeded-random.ts';

const day = 86_400_000;
const now = Date.parse('2026-02-15T12:00:00Z');
const random = seededRandom(1);

const person = (kind: 'buyer' | 'visitor'): Behaviour => {
  const between = (least: number, most: number) => least + random.below(most - least);
  const isBuyer = kind === 'buyer';
  return {
    events: between(isBuyer ? 40 : 1, isBuyer ? 90 : 12),
    purchases: isBuyer ? between(4, 12) : 0,
    revenue: isBuyer ? between(200, 900) : 0,
    lastPurchaseAt: isBuyer ? now - between(1, 40) * day : undefined,
    firstSeenAt: now - between(100, 400) * day,
    lastSeenAt: now - between(1, 60) * day,
  };
};

const people = Array.from({ length: 400 }, (_, index) => ({
  id: `profile-${String(index).padStart(3, '0')}`,
  point: featuresOf(person(index % 4 === 0 ? 'buyer' : 'visitor'), now),
  isBuyer: index % 4 === 0,
}));
const learner = new ScaleLearner();
for (const { point } of people) learner.take(point);
const points = people.map(one => ({ ...one, point: scaled(one.point, learner.learnt()) }));
const seeds = points.filter(({ isBuyer }) => isBuyer).slice(0, 40);
const others = points.filter(one => !seeds.includes(one));

const nearest = (size: number, from = others) => {
  const search = new NearestPeople(
    seeds.map(({ point }) => point),
    { size, neighbours: 5 },
  );
  for (const { id, point } of from) search.take(id, point);
  return search.found();
};

/** What it must come to, by everybody’s distances in full. */
const plainly = (size: number) =>
  others
    .map(({ id, point }) => {
      const apart = seeds
        .map(seed => Math.hypot(...point.map((value, index) => value - (seed.point[index] ?? 0))))
        .sort((left, right) => left - right);
      return { id, distance: apart.slice(0, 5).reduce((sum, one) => sum + one, 0) / 5 };
    })
    .sort((left, right) => left.distance - right.distance)
    .slice(0, size);

test('people who buy are found by people who buy', () => {
  const buyers = new Set(points.filter(({ isBuyer }) => isBuyer).map(({ id }) => id));
  const found = nearest(60);
  expect(found).toHaveLength(60);
  expect(found.filter(({ id }) => buyers.has(id)).length).toBe(60);
});

test.each([1, 7, 60, 1000])('the nearest %d are those of all distances, nearest first', size => {
  const [found, expected] = [nearest(size), plainly(size)];
  expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  found.forEach(({ distance }, index) => {
    expect(distance).toBeCloseTo(expected[index]?.distance ?? -1, 9);
  });
});

test('the order in which people come changes nothing', () => {
  expect(nearest(25, [...others].reverse())).toEqual(nearest(25));
});

test('features are finite, also of who never bought or whose times are in the future', () => {
  const strange = featuresOf(
    { events: 0, purchases: 0, revenue: -5, firstSeenAt: now + day, lastSeenAt: now + day },
    now,
  );
  expect(strange).toHaveLength(featureCount);
  expect([...strange].every(Number.isFinite)).toBe(true);
});
