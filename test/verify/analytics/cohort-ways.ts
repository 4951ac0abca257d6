import type { Asked } from '../../../core/engines/columns/passes.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { byPerson, codes, type SetEvent } from './event-sets.ts';
import type { SqliteSet } from './sqlite-set.ts';

export type CohortQuestion = Asked<'cohorts'>;
export interface CohortTold {
  sizes: number[];
  active: number[];
  revenue: number[];
}

export const someCohorts = (random: SeededRandom): CohortQuestion => {
  const length = random.pick([10, 1000, 30_000, 200_000]);
  const from = random.below(3) * length;
  const isMoney = random.chance(0.5);
  return {
    bounds: Array.from({ length: 2 + random.below(6) }, (_, place) => from + place * length),
    joins: random.pick(['first', 'each'] as const),
    joinType: random.chance(0.5) ? undefined : random.pick(codes.types),
    returnType: random.chance(0.5) ? undefined : random.pick(codes.types),
    ...{ onOrAfter: random.chance(0.3), wholeStart: !isMoney },
    ...(isMoney ? { revenue: { currency: 'USD', adds: 'purchase', takes: 'refund' } } : {}),
  };
};

const is = (event: SetEvent, type: string | undefined): boolean =>
  type === undefined || codes.types[event.type] === type;

export const cohortsByHand = (events: readonly SetEvent[], asked: CohortQuestion): CohortTold => {
  const { bounds, joins, joinType, returnType, onOrAfter, wholeStart, revenue } = asked;
  const periods = bounds.length - 1;
  const told: CohortTold = {
    sizes: new Array(periods).fill(0),
    active: new Array(periods ** 2).fill(0),
    revenue: new Array(periods ** 2).fill(0),
  };
  const periodOf = ({ second }: SetEvent): number =>
    bounds.slice(0, -1).findIndex((bound, place) => second >= bound && second < (bounds[place + 1] ?? 0));
  for (const own of byPerson(events)) {
    const first = own.findIndex(event => is(event, joinType));
    const since = joins === 'first' ? (first < 0 ? [] : own.slice(first)) : own;
    const joined =
      joins === 'first' ? since.slice(0, 1).map(periodOf) : own.filter(event => is(event, joinType)).map(periodOf);
    for (const cohort of new Set(joined.filter(period => period >= 0))) {
      told.sizes[cohort] = (told.sizes[cohort] ?? 0) + 1;
      const there = new Set(since.filter(event => is(event, returnType)).map(periodOf));
      for (let k = 0; k < periods - cohort; k += 1) {
        const later = [...there].some(period => (onOrAfter ? period >= cohort + k : period === cohort + k));
        const cell = cohort * periods + k;
        if (k === 0 && wholeStart ? true : later) told.active[cell] = (told.active[cell] ?? 0) + 1;
        for (const event of since) {
          if (!revenue || periodOf(event) !== cohort + k || codes.currencies[event.currency] !== revenue.currency)
            continue;
          const sign = is(event, revenue.adds) ? 1 : is(event, revenue.takes) ? -1 : 0;
          told.revenue[cell] = (told.revenue[cell] ?? 0) + sign * event.amount;
        }
      }
    }
  }
  return told;
};

const named = (type: string | undefined, column: string): string =>
  type === undefined ? 'true' : `${column} = ${codes.types.indexOf(type)}`;

export const cohortsBySqlite = (sqlite: SqliteSet, asked: CohortQuestion): CohortTold => {
  const { bounds, joins, joinType, returnType, onOrAfter, wholeStart, revenue } = asked;
  const periods = bounds.length - 1;
  const spans = bounds.slice(0, -1).map((bound, place) => `(${place}, ${bound}, ${bounds[place + 1]})`);
  const first = `SELECT person, min(pos) AS pos FROM ev WHERE ${named(joinType, 'type')} GROUP BY person`;
  const joined =
    joins === 'first'
      ? `SELECT e.person, e.pos, s.n AS cohort FROM (${first}) f JOIN ev e ON e.pos = f.pos JOIN spans s ON e.second >= s.begins AND e.second < s.ends`
      : `SELECT DISTINCT e.person, -1 AS pos, s.n AS cohort FROM ev e JOIN spans s ON e.second >= s.begins AND e.second < s.ends WHERE ${named(joinType, 'e.type')}`;
  const withs = `WITH spans(n, begins, ends) AS (VALUES ${spans.join(', ')}), joined AS (${joined}),
    there AS (SELECT DISTINCT j.person, j.cohort, s.n - j.cohort AS k FROM joined j JOIN ev e ON e.person = j.person AND e.pos >= j.pos
      JOIN spans s ON e.second >= s.begins AND e.second < s.ends WHERE ${named(returnType, 'e.type')}),
    cells AS (SELECT j.person, j.cohort, s.n - j.cohort AS k FROM joined j JOIN spans s ON s.n >= j.cohort)`;
  const shown = onOrAfter ? 't.k >= c.k' : 't.k = c.k';
  const told: CohortTold = {
    sizes: new Array(periods).fill(0),
    active: new Array(periods ** 2).fill(0),
    revenue: new Array(periods ** 2).fill(0),
  };
  for (const { cohort = 0, n = 0 } of sqlite.rows(`${withs} SELECT cohort, count(*) AS n FROM joined GROUP BY 1`))
    told.sizes[cohort] = n;
  const active = `${withs} SELECT c.cohort, c.k, count(*) AS n FROM cells c WHERE (${wholeStart ? 'c.k = 0' : 'false'})
    OR EXISTS (SELECT 1 FROM there t WHERE t.person = c.person AND t.cohort = c.cohort AND ${shown}) GROUP BY 1, 2`;
  for (const { cohort = 0, k = 0, n = 0 } of sqlite.rows(active)) told.active[cohort * periods + k] = n;
  if (!revenue) return told;
  const sign = `CASE e.type WHEN ${codes.types.indexOf(revenue.adds)} THEN 1 WHEN ${codes.types.indexOf(revenue.takes)} THEN -1 ELSE 0 END`;
  const sums = `${withs} SELECT j.cohort, s.n - j.cohort AS k, sum(${sign} * e.amount) AS n FROM joined j
    JOIN ev e ON e.person = j.person AND e.pos >= j.pos AND e.currency = ${codes.currencies.indexOf(revenue.currency)}
    JOIN spans s ON e.second >= s.begins AND e.second < s.ends AND s.n >= j.cohort GROUP BY 1, 2`;
  for (const { cohort = 0, k = 0, n = 0 } of sqlite.rows(sums)) told.revenue[cohort * periods + k] = n;
  return told;
};
