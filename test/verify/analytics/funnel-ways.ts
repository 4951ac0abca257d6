import type { Asked } from '../../../core/engines/columns/passes.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { byPerson, codes, type SetEvent } from './event-sets.ts';
import type { SqliteSet } from './sqlite-set.ts';

export type FunnelQuestion = Asked<'funnel'>;

/** Figures that both ways must tell alike. */
export interface FunnelTold {
  depths: number[];
  sincePrevious: number[][];
  sinceStart: number[][];
}

const typeOf = (name: string): number => codes.types.indexOf(name);

export const someFunnel = (random: SeededRandom): FunnelQuestion => {
  const names = codes.types.slice(0, 4);
  const steps = Array.from({ length: 2 + random.below(3) }, () => random.pick(names));
  const exclusions = random.chance(0.4) ? ['leave'] : [];
  const from = random.chance(0.5) ? 0 : random.below(2000);
  return {
    ...{ steps, exclusions, order: random.pick(['sequential', 'strict', 'any'] as const), from },
    until: random.chance(0.5) ? 2_000_000 : from + 1 + random.below(100_000),
    windowSeconds: random.pick([1, 5, 60, 3600, 86_400]),
  };
};

/** One attempt after the other, each looked at by itself. */
const attempt = (own: readonly SetEvent[], start: number, asked: FunnelQuestion): number[] => {
  const { steps, exclusions, order, windowSeconds } = asked;
  const [left, times, began] = [[...steps], [] as number[], own[start]?.second ?? 0];
  for (const { type, second } of own.slice(start)) {
    const name = codes.types[type] ?? '';
    if (second - began > windowSeconds || left.length === 0) break;
    if (exclusions.includes(name)) break;
    const place = order === 'any' ? left.indexOf(name) : left[0] === name ? 0 : -1;
    if (place < 0 && order === 'strict') break;
    if (place < 0) continue;
    left.splice(place, 1);
    times.push(second);
  }
  return times;
};

export const funnelByHand = (events: readonly SetEvent[], asked: FunnelQuestion): FunnelTold => {
  const { steps, from, until } = asked;
  const told: FunnelTold = {
    depths: steps.map(() => 0).concat(0),
    sincePrevious: steps.map((): number[] => []).concat([[]]),
    sinceStart: steps.map((): number[] => []).concat([[]]),
  };
  for (const all of byPerson(events)) {
    const own = all.filter(({ second }) => second >= from && second < until);
    let best: number[] = [];
    for (const place of own.keys()) {
      const times = attempt(own, place, asked);
      if (times.length > best.length) best = times;
    }
    told.depths[best.length] = (told.depths[best.length] ?? 0) + 1;
    for (const [place, time] of best.entries()) {
      if (place === 0) continue;
      told.sincePrevious[place + 1]?.push(time - (best[place - 1] ?? 0));
      told.sinceStart[place + 1]?.push(time - (best[0] ?? 0));
    }
  }
  for (const lists of [told.sincePrevious, told.sinceStart])
    for (const list of lists) list.sort((one, other) => one - other);
  return told;
};

const listed = (numbers: readonly number[]): string => (numbers.length === 0 ? '-1' : numbers.join(','));

/** Of attempts step by step: the first later event of each step, unless something between them ends the attempt. */
const stepwise = ({ steps, exclusions, order, windowSeconds }: FunnelQuestion): string => {
  const excluded = listed(exclusions.map(typeOf));
  const levels = steps.slice(1).map((step, place) => {
    const [before, now] = [place + 1, place + 2];
    const next = `(SELECT min(e.pos) FROM own e WHERE e.person = a.person AND e.pos > a.p${before} AND e.type = ${typeOf(step)} AND e.second <= a.t1 + ${windowSeconds})`;
    const between = order === 'strict' ? 'true' : `x.type IN (${excluded})`;
    return `a${now} AS (SELECT n.*, CASE WHEN NOT EXISTS (SELECT 1 FROM own x WHERE x.person = n.person AND x.pos > n.p${before} AND x.pos < n.found AND ${between}) THEN n.found END AS p${now}
      FROM (SELECT a.*, ${next} AS found FROM a${before} a) n)`;
  });
  /** Every level also has its own `found`, of which only the newest is looked at: named anew. */
  const renamed = levels.map((level, place) => level.replaceAll('found', `found${place + 2}`));
  const depth = steps.map((_, place) => `(p${place + 1} IS NOT NULL)`).join(' + ');
  return `a1 AS (SELECT person, pos AS p1, second AS t1 FROM own WHERE type = ${typeOf(steps[0] ?? '')}), ${renamed.join(', ')},
    tried AS (SELECT person, ${depth} AS depth FROM a${steps.length})`;
};

/** Of attempts of which any order will do: how many of each kind there are before the window, or something else, ends it. */
const unordered = ({ steps, exclusions, windowSeconds }: FunnelQuestion): string => {
  const wanted = [...new Set(steps)].map(step => `(${typeOf(step)}, ${steps.filter(other => other === step).length})`);
  const excluded = listed(exclusions.map(typeOf));
  return `wanted(type, times) AS (VALUES ${wanted.join(', ')}),
    begun AS (SELECT s.person, s.pos, s.second, coalesce((SELECT min(x.pos) FROM own x WHERE x.person = s.person AND x.pos > s.pos AND x.type IN (${excluded})), 1000000000) AS ended
      FROM own s WHERE s.type IN (SELECT type FROM wanted)),
    tried AS (SELECT b.person, (SELECT sum(min(w.times, (SELECT count(*) FROM own e WHERE e.person = b.person AND e.type = w.type
      AND e.pos >= b.pos AND e.pos < b.ended AND e.second <= b.second + ${windowSeconds}))) FROM wanted w) AS depth FROM begun b)`;
};

/** How many people fill how many steps. */
export const funnelBySqlite = (sqlite: SqliteSet, asked: FunnelQuestion): number[] => {
  const { steps, from, until, order } = asked;
  const rows = sqlite.rows(`WITH own AS (SELECT * FROM ev WHERE second >= ${from} AND second < ${until}),
    ${order === 'any' ? unordered(asked) : stepwise(asked)},
    best AS (SELECT person, max(depth) AS depth FROM tried GROUP BY person)
    SELECT coalesce(b.depth, 0) AS depth, count(*) AS people FROM (SELECT DISTINCT person FROM ev) p
    LEFT JOIN best b ON b.person = p.person GROUP BY 1`);
  const depths = steps.map(() => 0).concat(0);
  for (const { depth = 0, people = 0 } of rows) depths[depth] = people;
  return depths;
};
