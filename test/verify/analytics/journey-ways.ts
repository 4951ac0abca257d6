import type { Asked } from '../../../core/engines/columns/passes.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { byPerson, codes, type SetEvent } from './event-sets.ts';
import type { SqliteSet } from './sqlite-set.ts';

export type JourneyQuestion = Asked<'journeys'>;

/** How often each node and each link is gone by, by name. */
export type JourneyTold = Record<string, number>;

export const someJourneys = (random: SeededRandom): JourneyQuestion => {
  const from = random.chance(0.5) ? 0 : random.below(2000);
  const event = () => random.pick(codes.types);
  const ends = random.pick([
    {},
    { startEvent: event() },
    { endEvent: event() },
    { startEvent: event(), endEvent: event() },
  ]);
  return {
    from,
    until: random.chance(0.5) ? 2_000_000 : from + 1 + random.below(9000),
    depth: 2 + random.below(4),
    ...ends,
  };
};

const collapsed = (types: readonly number[]): number[] => types.filter((type, place) => type !== types[place - 1]);

const pathOf = (own: readonly SetEvent[], { startEvent, endEvent, depth }: JourneyQuestion): number[] => {
  const types = own.map(({ type }) => type);
  const [start, end] = [startEvent, endEvent].map(name => (name === undefined ? -1 : codes.types.indexOf(name)));
  if (startEvent === undefined && endEvent !== undefined) {
    const place = types.indexOf(end ?? -1);
    return place < 0 ? [] : collapsed(types.slice(0, place + 1)).slice(-depth);
  }
  const first = startEvent === undefined ? 0 : types.indexOf(start ?? -1);
  const path = first < 0 ? [] : collapsed(types.slice(first));
  if (endEvent === undefined) return path.slice(0, depth);
  const last = path.findIndex((type, place) => place > 0 && type === end);
  return last < 0 || last >= depth ? [] : path.slice(0, last + 1);
};

export const journeysByHand = (events: readonly SetEvent[], asked: JourneyQuestion): JourneyTold => {
  const told: JourneyTold = {};
  const add = (name: string) => {
    told[name] = (told[name] ?? 0) + 1;
  };
  const isBack = asked.startEvent === undefined && asked.endEvent !== undefined;
  for (const all of byPerson(events)) {
    const path = pathOf(
      all.filter(({ second }) => second >= asked.from && second < asked.until),
      asked,
    );
    const shift = isBack ? asked.depth - path.length : 0;
    for (const [place, type] of path.entries()) {
      add(`${place + shift} ${type}`);
      if (place + 1 < path.length) add(`${place + shift} ${type} ${path[place + 1]}`);
    }
  }
  return told;
};

/** Ways from a beginning on, or up to an end. */
export const journeysBySqlite = (sqlite: SqliteSet, asked: JourneyQuestion): JourneyTold | undefined => {
  const { startEvent, endEvent, from, until, depth } = asked;
  if (startEvent !== undefined && endEvent !== undefined) return undefined;
  const bound = startEvent ?? endEvent;
  const edge = bound === undefined ? 'e.type >= 0' : `e.type = ${codes.types.indexOf(bound)}`;
  const isBack = endEvent !== undefined;
  const rows = sqlite.rows(`WITH own AS (SELECT * FROM ev WHERE second >= ${from} AND second < ${until}),
    edge AS (SELECT person, min(pos) AS pos FROM own e WHERE ${edge} GROUP BY person),
    kept AS (SELECT o.person, o.pos, o.type, lag(o.type) OVER (PARTITION BY o.person ORDER BY o.pos) AS before
      FROM own o JOIN edge ON edge.person = o.person AND o.pos ${isBack ? '<=' : '>='} edge.pos),
    steps AS (SELECT person, type, row_number() OVER (PARTITION BY person ORDER BY pos ${isBack ? 'DESC' : ''}) - 1 AS n FROM kept WHERE before IS NULL OR before <> type),
    placed AS (SELECT person, type, ${isBack ? `${depth - 1} - n` : 'n'} AS step FROM steps WHERE n < ${depth})
    SELECT a.step AS step, a.type AS type, -1 AS target, count(*) AS n FROM placed a GROUP BY 1, 2
    UNION ALL SELECT a.step, a.type, b.type, count(*) FROM placed a JOIN placed b ON b.person = a.person AND b.step = a.step + 1 GROUP BY 1, 2, 3`);
  return Object.fromEntries(
    rows.map(({ step, type, target, n = 0 }) => [target === -1 ? `${step} ${type}` : `${step} ${type} ${target}`, n]),
  );
};
