import type { Asked } from '../../../core/engines/columns/passes.ts';
import { partsOfCredit, ruleModels } from '../../../core/model/attribution-model.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { byPerson, codes, type SetEvent } from './event-sets.ts';
import type { SqliteSet } from './sqlite-set.ts';

export type AttributionQuestion = Asked<'attribution'>;

/** Figures at the place `model * channels + channel`. */
export interface AttributionTold {
  credit: number[];
  revenue: number[];
  converted: number;
  unattributed: number;
}

const width = codes.channels.length;
const purchase = codes.types.indexOf('purchase');
const direct = codes.channels.indexOf('direct');
const dollars = codes.currencies.indexOf('USD');
const decay = ruleModels.indexOf('time_decay');

export const someAttribution = (random: SeededRandom): AttributionQuestion => {
  const from = random.chance(0.5) ? 0 : random.below(50_000);
  return {
    ...{ from, until: random.chance(0.5) ? 2_000_000 : from + 1 + random.below(200_000) },
    ...{ lookbackSeconds: random.pick([60, 3600, 86_400, 2_000_000]), halfLifeSeconds: random.pick([600, 604_800]) },
    ...{ conversionType: 'purchase', currency: 'USD', direct: 'direct' },
  };
};

interface Touch {
  at: number;
  channel: number;
}

/** Rounds down, and gives what is left to those that lost most. */
const divided = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = weights.map(weight => Math.round((total * weight - ((total * weight) % sum)) / sum));
  let left = total - shares.reduce((all, share) => all + share, 0);
  const order = weights
    .map((weight, place) => ({ place, lost: (total * weight) % sum }))
    .sort((one, other) => other.lost - one.lost || one.place - other.place);
  for (const { place } of order) {
    if (left <= 0) break;
    shares[place] = (shares[place] ?? 0) + 1;
    left -= 1;
  }
  return shares;
};

const at = (count: number, place: number): number[] =>
  Array.from({ length: count }, (_, one) => (one === place ? 1 : 0));

const weightsOf = (path: readonly Touch[], second: number, halfLife: number): number[][] => {
  const count = path.length;
  const own = path.findLastIndex(({ channel }) => channel !== direct);
  return [
    at(count, 0),
    at(count, count - 1),
    at(count, own < 0 ? count - 1 : own),
    path.map(() => 1),
    count < 3 ? path.map(() => 1) : path.map((_, place) => (place === 0 || place === count - 1 ? 2 * (count - 2) : 1)),
    path.map(touch => 2 ** (-(second - touch.at) / halfLife)),
    path.map(({ channel }, place) => (path.findIndex(other => other.channel === channel) === place ? 1 : 0)),
  ];
};

export const attributionByHand = (events: readonly SetEvent[], asked: AttributionQuestion): AttributionTold => {
  const told: AttributionTold = {
    credit: new Array(ruleModels.length * width).fill(0),
    revenue: new Array(ruleModels.length * width).fill(0),
    converted: 0,
    unattributed: 0,
  };
  const { from, until, lookbackSeconds, halfLifeSeconds } = asked;
  for (const all of byPerson(events)) {
    const own = all.filter(({ second }) => second >= from - lookbackSeconds && second < until);
    const touches: Touch[] = [];
    let [begun, last, told1] = [0, Number.NEGATIVE_INFINITY, false];
    for (const { second, channel, type, amount, currency } of own) {
      if (second - last > 1800 || second - begun > 86_400) [begun, told1] = [second, false];
      last = second;
      if (!told1 && channel > 0) {
        told1 = true;
        touches.push({ at: second, channel });
      }
      if (type !== purchase || second < from) continue;
      told.converted += 1;
      const path = touches.filter(touch => touch.at >= second - lookbackSeconds);
      if (path.length === 0) {
        told.unattributed += 1;
        continue;
      }
      for (const [model, weights] of weightsOf(path, second, halfLifeSeconds).entries()) {
        const add = (figure: 'credit' | 'revenue', total: number) => {
          for (const [place, share] of divided(total, weights).entries()) {
            const cell = model * width + (path[place]?.channel ?? 0);
            told[figure][cell] = (told[figure][cell] ?? 0) + share;
          }
        };
        add('credit', partsOfCredit);
        if (currency === dollars) add('revenue', amount);
      }
    }
  }
  return told;
};

/** Visits one event after the other, then touches beside every conversion; time decay is left out: SQLite has no powers. */
const paths = ({ from, until, lookbackSeconds }: AttributionQuestion): string => `
  own AS (SELECT *, row_number() OVER (PARTITION BY person ORDER BY pos) AS n FROM ev WHERE second >= ${from - lookbackSeconds} AND second < ${until}),
  visit AS (
    SELECT person, n, pos, second, second AS begun, channel, channel > 0 AS told, channel > 0 AS touch FROM own WHERE n = 1
    UNION ALL
    SELECT o.person, o.n, o.pos, o.second,
      CASE WHEN o.second - v.second > 1800 OR o.second - v.begun > 86400 THEN o.second ELSE v.begun END, o.channel,
      CASE WHEN o.second - v.second > 1800 OR o.second - v.begun > 86400 THEN o.channel > 0 ELSE v.told OR o.channel > 0 END,
      o.channel > 0 AND (o.second - v.second > 1800 OR o.second - v.begun > 86400 OR NOT v.told)
    FROM visit v JOIN own o ON o.person = v.person AND o.n = v.n + 1
  ),
  conv AS (SELECT pos, person, second, CASE WHEN currency = ${dollars} THEN amount ELSE 0 END AS amount FROM own WHERE type = ${purchase} AND second >= ${from}),
  path AS (
    SELECT c.pos AS conv, c.amount, t.channel, t.pos,
      row_number() OVER (PARTITION BY c.pos ORDER BY t.pos) AS i, count(*) OVER (PARTITION BY c.pos) AS n,
      max(CASE WHEN t.channel <> ${direct} THEN t.pos END) OVER (PARTITION BY c.pos) AS own,
      row_number() OVER (PARTITION BY c.pos, t.channel ORDER BY t.pos) AS again
    FROM conv c JOIN visit t ON t.person = c.person AND t.touch AND t.pos <= c.pos AND t.second >= c.second - ${lookbackSeconds}
  )`;

const weighed = `weighed AS (
    SELECT conv, amount, channel, i, 0 AS model, i = 1 AS w FROM path
    UNION ALL SELECT conv, amount, channel, i, 1, i = n FROM path
    UNION ALL SELECT conv, amount, channel, i, 2, CASE WHEN own IS NULL THEN i = n ELSE pos = own END FROM path
    UNION ALL SELECT conv, amount, channel, i, 3, 1 FROM path
    UNION ALL SELECT conv, amount, channel, i, 4, CASE WHEN n < 3 THEN 1 WHEN i = 1 OR i = n THEN 2 * (n - 2) ELSE 1 END FROM path
    UNION ALL SELECT conv, amount, channel, i, 6, again = 1 FROM path
  ),
  summed AS (SELECT *, sum(w) OVER (PARTITION BY conv, model) AS s FROM weighed)`;

const shares = (name: string, total: string): string => `${name}1 AS (
    SELECT *, ${total} * w / s AS share, ${total} - sum(${total} * w / s) OVER (PARTITION BY conv, model) AS rest,
      row_number() OVER (PARTITION BY conv, model ORDER BY ${total} * w % s DESC, i) AS rank FROM summed
  ),
  ${name} AS (SELECT model, channel, sum(share + (rank <= rest)) AS n FROM ${name}1 GROUP BY model, channel)`;

export const attributionBySqlite = (sqlite: SqliteSet, asked: AttributionQuestion): AttributionTold => {
  const withs = `WITH RECURSIVE ${paths(asked)}, ${weighed}, ${shares('credit', String(partsOfCredit))}, ${shares('revenue', 'amount')}`;
  const told: AttributionTold = {
    credit: new Array(ruleModels.length * width).fill(0),
    revenue: new Array(ruleModels.length * width).fill(0),
    converted: 0,
    unattributed: 0,
  };
  for (const figure of ['credit', 'revenue'] as const)
    for (const { model = 0, channel = 0, n = 0 } of sqlite.rows(`${withs} SELECT model, channel, n FROM ${figure}`))
      told[figure][model * width + channel] = n;
  const [counted] = sqlite.rows(
    `${withs} SELECT (SELECT count(*) FROM conv) AS converted, (SELECT count(*) FROM conv WHERE pos NOT IN (SELECT conv FROM path)) AS unattributed`,
  );
  return { ...told, converted: counted?.converted ?? 0, unattributed: counted?.unattributed ?? 0 };
};

/** Without time decay. */
export const withoutDecay = (figures: readonly number[]): number[] =>
  figures.filter((_, place) => Math.floor(place / width) !== decay);
