import type { Asked, PassName } from '../../../core/engines/columns/passes.ts';

/** One measured question: what is asked, how long it may take (ms), and how SQLite is asked the same. */
export interface MeasuredQuestion {
  name: string;
  pass: PassName;
  asked: Asked<PassName>;
  coldMost?: number;
  warmMost: number;
  sqlite: string;
}

const start = 1_760_000_000;
const [day, week] = [86_400, 604_800];
const until = start + 11 * week;
const weeks = Array.from({ length: 12 }, (_, place) => start + place * week);
const days = Array.from({ length: 78 }, (_, place) => start + place * day);

/** What an answer comes to in the end, whoever answers: the sum of its figures, in SQLite as `n`. */
export const measuredQuestions: readonly MeasuredQuestion[] = [
  {
    ...{ name: 'funnel of 4 steps in 24 h', pass: 'funnel', coldMost: 400, warmMost: 120 },
    asked: {
      ...{ steps: ['type-0', 'type-1', 'type-2', 'type-3'], order: 'sequential', exclusions: [] },
      ...{ from: start, until, windowSeconds: day },
    },
    sqlite: `WITH a AS (SELECT person, pos AS p1, second AS t1 FROM ev WHERE type = 0 AND second < ${until}),
      b AS (SELECT a.*, (SELECT min(e.pos) FROM ev e WHERE e.person = a.person AND e.pos > a.p1 AND e.type = 1 AND e.second < ${until} AND e.second <= a.t1 + ${day}) AS p2 FROM a),
      c AS (SELECT b.*, (SELECT min(e.pos) FROM ev e WHERE e.person = b.person AND e.pos > b.p2 AND e.type = 2 AND e.second < ${until} AND e.second <= b.t1 + ${day}) AS p3 FROM b),
      d AS (SELECT c.*, (SELECT min(e.pos) FROM ev e WHERE e.person = c.person AND e.pos > c.p3 AND e.type = 3 AND e.second < ${until} AND e.second <= c.t1 + ${day}) AS p4 FROM c)
      SELECT sum(depth) AS n FROM (SELECT person, max(1 + (p2 IS NOT NULL) + (p3 IS NOT NULL) + (p4 IS NOT NULL)) AS depth FROM d GROUP BY person)`,
  },
  {
    ...{ name: 'weekly retention', pass: 'cohorts', coldMost: 300, warmMost: 80 },
    asked: { bounds: weeks, joins: 'first', onOrAfter: false, wholeStart: true },
    sqlite: `WITH f AS (SELECT person, (min(second) - ${start}) / ${week} AS cohort FROM ev GROUP BY person),
      t AS (SELECT DISTINCT person, (second - ${start}) / ${week} AS period FROM ev)
      SELECT count(*) AS n FROM t JOIN f ON f.person = t.person WHERE t.period BETWEEN 0 AND 10 AND f.cohort BETWEEN 0 AND 10`,
  },
  {
    ...{ name: 'attribution by all rules, last touch among them', pass: 'attribution', coldMost: 600, warmMost: 400 },
    asked: {
      ...{ from: start, until, lookbackSeconds: 30 * day, halfLifeSeconds: 7 * day },
      ...{ conversionType: 'type-5', currency: 'USD', direct: 'channel-1' },
    },
    sqlite: `SELECT count(*) AS n FROM (SELECT (SELECT t.channel FROM ev t WHERE t.person = c.person AND t.pos <= c.pos AND t.channel > 0
      AND t.second >= c.second - ${30 * day} ORDER BY t.pos DESC LIMIT 1) AS channel FROM ev c WHERE c.type = 5 AND c.second < ${until}) WHERE channel IS NOT NULL`,
  },
  {
    ...{ name: 'Sankey of 5 steps', pass: 'journeys', coldMost: 280, warmMost: 80 },
    asked: { from: start, until, depth: 5 },
    sqlite: `WITH k AS (SELECT person, pos, type, lag(type) OVER (PARTITION BY person ORDER BY pos) AS before FROM ev WHERE second < ${until}),
      s AS (SELECT person, type, row_number() OVER (PARTITION BY person ORDER BY pos) AS n FROM k WHERE before IS NULL OR before <> type),
      l AS (SELECT n, type, lead(type) OVER (PARTITION BY person ORDER BY n) AS target FROM s WHERE n <= 5)
      SELECT sum(links) AS n FROM (SELECT n, type, target, count(*) AS links FROM l WHERE target IS NOT NULL GROUP BY 1, 2, 3)`,
  },
  {
    ...{ name: 'day × type', pass: 'countPeriods', warmMost: 80 },
    asked: { bounds: days },
    sqlite: `SELECT sum(n) AS n FROM (SELECT (second - ${start}) / ${day} AS day, type, count(*) AS n FROM ev WHERE second < ${days.at(-1)} GROUP BY 1, 2)`,
  },
];

/** The same sum, out of the sums of a pass. */
export const figureOf = (pass: PassName, sums: unknown): number => {
  const told = sums as Record<string, number[]> & {
    converted: { conversions: number };
    unattributed: { conversions: number };
  };
  const all = (numbers: Iterable<number> | undefined): number =>
    [...(numbers ?? [])].reduce((sum, one) => sum + one, 0);
  if (pass === 'funnel') return all(told.depths?.map((count, depth) => count * depth));
  if (pass === 'cohorts') return all(told.active);
  if (pass === 'journeys') return all(told.links);
  if (pass === 'countPeriods') return all(told.events);
  return told.converted.conversions - told.unattributed.conversions;
};
