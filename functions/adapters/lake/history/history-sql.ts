import type { HistoriesAsked } from '../../../../core/ports/customer-histories.ts';
import { aliasRows, personRows, type RunFiles } from '../columns/packed-rows-sql.ts';
import { listed, quoted } from '../snapshot/snapshot-columns-sql.ts';

const secondsPerDay = 86_400;
/** What somebody does who thinks of buying. */
const intents: ReadonlySet<string> = new Set(['product_view', 'add_to_cart', 'wishlist']);

/** What the numbers of each run mean, as far as it matters here. */
const kindRows = (runs: readonly RunFiles[]): string => {
  const rows = runs.flatMap(({ codes }, run) =>
    codes.types.map((type, code) => `(${run}, ${code}, ${type === 'purchase'}, ${intents.has(type)})`),
  );
  return `SELECT * FROM (VALUES ${listed(rows)}) AS kinds(run, code, is_purchase, is_intent)`;
};

const currencyRows = (runs: readonly RunFiles[], accountCurrency: string): string => {
  const rows = runs.map(({ codes }, run) => `(${run}, ${codes.currencies.indexOf(accountCurrency)})`);
  return `SELECT * FROM (VALUES ${listed(rows)}) AS money(run, code)`;
};

const chosen = (asked: HistoriesAsked): string =>
  'after' in asked
    ? `SELECT DISTINCT "personId" FROM named WHERE "personId" > ${quoted(asked.after)} ORDER BY "personId" LIMIT ${asked.limit}`
    : `SELECT "personId" FROM (SELECT DISTINCT "personId" FROM named) ORDER BY hash("personId") LIMIT ${asked.sampleMax}`;

/**
 * Whole days of chosen people: `id`, and lists of `days`, what was `bought` (purchases), what they brought in `minor`
 * units, other `events`, and `intents`, one place a day.
 */
export const historyRows = (
  runs: readonly RunFiles[],
  aliases: readonly string[],
  asked: HistoriesAsked,
  accountCurrency: string,
): string => {
  const rows = runs.flatMap(({ packed }, run) =>
    packed.map(
      path => `SELECT ${run} AS run, person, second, type, currency, amount FROM read_parquet(${quoted(path)})`,
    ),
  );
  return `WITH named AS (${personRows({ runs, loose: undefined, aliases: aliasRows(aliases, []) })}),
    kinds AS (${kindRows(runs)}),
    money AS (${currencyRows(runs, accountCurrency)}),
    chosen AS (${chosen(asked)}),
    daily AS (
      SELECT "personId", second // ${secondsPerDay} AS day,
        count_if(is_purchase) AS bought,
        coalesce(sum(amount) FILTER (is_purchase AND packed.currency = money.code), 0) AS minor,
        count_if(NOT is_purchase) AS events,
        count_if(is_intent) AS intents
      FROM (${rows.join(' UNION ALL ')}) AS packed
      JOIN named ON named.run = packed.run AND named.person = packed.person
      JOIN kinds ON kinds.run = packed.run AND kinds.code = packed.type
      JOIN money ON money.run = packed.run
      WHERE "personId" IN (SELECT "personId" FROM chosen)
      GROUP BY 1, 2
    )
    SELECT "personId" AS id, list(day ORDER BY day) AS days, list(bought ORDER BY day) AS bought,
      list(minor::DOUBLE ORDER BY day) AS minor, list(events ORDER BY day) AS events, list(intents ORDER BY day) AS intents
    FROM daily GROUP BY 1 ORDER BY 1`;
};

/** 1970 began on a Thursday. */
const hoursBeforeMonday = 72;

/** How many events each hour of a week has, from Monday 00:00 UTC. */
export const hourRows = (runs: readonly RunFiles[]): string => {
  const files = runs.flatMap(({ packed }) => packed.map(quoted));
  return `SELECT (second // 3600 + ${hoursBeforeMonday}) % 168 AS hour, count(*) AS events
    FROM read_parquet([${listed(files)}]) GROUP BY 1`;
};

/** Periods between neighbouring bounds (epoch ms), by their place, with what happened in each that has anything. */
export const seriesRows = (
  runs: readonly RunFiles[],
  aliases: readonly string[],
  bounds: readonly number[],
  type: string | undefined,
  accountCurrency: string,
): string => {
  const seconds = bounds.map(bound => Math.floor(bound / 1000));
  const periods = seconds.slice(1).map((until, place) => `(${place}, ${seconds[place]}, ${until})`);
  const rows = runs.flatMap(({ packed, codes }, run) => {
    const only = type === undefined ? '' : `AND type = ${codes.types.indexOf(type)}`;
    const within = `second >= ${seconds[0]} AND second < ${seconds.at(-1)}`;
    return packed.map(
      path =>
        `SELECT ${run} AS run, person, second, type, currency, amount FROM read_parquet(${quoted(path)}) WHERE ${within} ${only}`,
    );
  });
  return `WITH named AS (${personRows({ runs, loose: undefined, aliases: aliasRows(aliases, []) })}),
    kinds AS (${kindRows(runs)}),
    money AS (${currencyRows(runs, accountCurrency)}),
    periods AS (SELECT * FROM (VALUES ${listed(periods)}) AS periods(place, since, until))
    SELECT place, count(*) AS events, count(DISTINCT named.common) AS people, count_if(is_purchase) AS purchases,
      coalesce(sum(amount) FILTER (is_purchase AND packed.currency = money.code), 0)::DOUBLE AS minor
    FROM (${rows.join(' UNION ALL ')}) AS packed
    JOIN named ON named.run = packed.run AND named.person = packed.person
    JOIN kinds ON kinds.run = packed.run AND kinds.code = packed.type
    JOIN money ON money.run = packed.run
    JOIN periods ON packed.second >= since AND packed.second < until
    GROUP BY 1`;
};
