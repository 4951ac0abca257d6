import { afterAll, expect, test } from 'vitest';
import { SetComparison } from '../../../verify/analytics/compare-ways.ts';
import { SqliteSet } from '../../../verify/analytics/sqlite-set.ts';

const sqlite = new SqliteSet();
afterAll(() => sqlite.close());
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

test('every analysis tells what a plain reading and SQLite tell, and every list is as long as its figure', () => {
  expect(seeds.flatMap(seed => new SetComparison(seed, sqlite).all().differences)).toEqual([]);
});

test.each(['cut', 'lost', 'disordered'] as const)('a reading that is wrong is noticed: %s', fault => {
  expect(seeds.flatMap(seed => new SetComparison(seed, sqlite, fault).all().differences).length).toBeGreaterThan(0);
});
