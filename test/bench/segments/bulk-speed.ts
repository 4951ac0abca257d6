import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyBitSet, sizeOfTerm } from '../../../core/engines/segments/bit-set.ts';
import { scoresAsFields } from '../../../core/engines/segments/rfm-scores.ts';
import type { Condition } from '../../../core/language/condition.ts';
import { conditionSql } from '../../../core/language/sql/condition-sql.ts';
import { sqlDialects } from '../../../core/language/sql/sql-dialect.ts';
import type { Promoted } from '../../../core/model/profile-snapshot.ts';
import type { RfmCuts } from '../../../core/model/rfm-cuts.ts';
import { DuckdbEngine } from '../../../functions/adapters/lake/duckdb.ts';
import { columnsWith } from '../../../functions/adapters/lake/snapshot/snapshot-columns-sql.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';

/** Milliseconds of each question, the middle of some rounds, and what the process came to hold. */
export interface BulkSpeed {
  profiles: number;
  events: number;
  count: number;
  ids: number;
  twenty: number;
  rfm: number;
  behaviour: number;
  /** A term of seven sets of everybody, with how many are in it. */
  algebra: number;
  peakMegabytes: number;
}

const promoted: Promoted = { fields: ['plan'], tags: ['vip', 'new'] };
const rounds = 5;
const now = Date.parse('2026-02-15T12:00:00.000Z');
const day = 86_400_000;

/** Everybody as a snapshot has them, generated in the engine: every column, those that nothing asks for empty. */
const profilesSql = (count: number): string => {
  const made: Record<string, string> = {
    id: `printf('profile-%09d', i)`,
    life: `'live'`,
    created_at: `epoch_ms(${now} - CAST(hash(i, 1) % 300 AS BIGINT) * ${day})`,
    ltv_cents: `CAST(pow(CAST(hash(i, 2) % 1000 AS DOUBLE) / 1000, 4) * 200000 AS BIGINT)`,
    purchase_count: `CAST(pow(CAST(hash(i, 3) % 1000 AS DOUBLE) / 1000, 3) * 12 AS BIGINT)`,
    last_purchase_at: `CASE WHEN hash(i, 3) % 1000 > 430 THEN epoch_ms(${now} - CAST(hash(i, 4) % 365 AS BIGINT) * ${day}) END`,
    churn_risk: `CAST(hash(i, 5) % 100 AS DOUBLE)`,
    country: `['US', 'DE', 'FR', 'GB', 'IT', 'ES', 'NL', 'AT', 'CH', 'SE'][1 + CAST(hash(i, 6) % 10 AS INT)]`,
    city: `'city ' || hash(i, 7) % 500`,
    consent_email: `hash(i, 8) % 10 < 6`,
    c0_text: `['free', 'pro', 'enterprise', NULL][1 + CAST(hash(i, 9) % 4 AS INT)]`,
    t0: `hash(i, 10) % 20 = 0`,
    t1: `hash(i, 11) % 3 = 0`,
  };
  const columns = Object.entries(columnsWith(promoted)).map(
    ([name, type]) => `CAST(${made[name] ?? 'NULL'} AS ${type}) AS ${name}`,
  );
  return `SELECT ${columns.join(', ')} FROM range(${count}) AS r(i)`;
};

/** What people did, by type and person, as the slim copy has it. */
const eventsSql = (events: number, people: number): string =>
  `SELECT printf('profile-%09d', hash(i, 1) % ${people}) AS profile_id, printf('event-%09d', i) AS event_id,
    ['page_view', 'page_view', 'page_view', 'product_view', 'product_view', 'add_to_cart', 'email_open', 'purchase'][1 + CAST(hash(i, 2) % 8 AS INT)] AS type,
    ${now} - CAST(hash(i, 3) % ${365 * 24} AS BIGINT) * 3600000 AS happened_at, CAST(NULL AS VARCHAR) AS source,
    CAST(NULL AS VARCHAR) AS properties
  FROM range(${events}) AS r(i) ORDER BY type, profile_id, happened_at`;

const group = (operator: 'AND' | 'OR', ...conditions: Condition[]): Condition => ({ operator, conditions });

/** Two countries’ best, of whom something else holds as well. */
const rule = (country: string, ltv: number): Condition =>
  group(
    'AND',
    { field: 'attributes.country', operator: '=', value: country },
    { field: 'computed.ltv', operator: '>', value: ltv },
    { field: 'computed.purchaseCount', operator: '>=', value: 3 },
    { field: 'consent.email', operator: '=', value: true },
    group(
      'OR',
      { field: 'attributes.customFields.plan', operator: 'in', value: ['pro', 'enterprise'] },
      { field: 'computed.churnRisk', operator: '<', value: 5 },
    ),
  );

const twentyRules = (): Condition[] => {
  const random = seededRandom(3);
  const countries = ['US', 'DE', 'FR', 'GB', 'IT'] as const;
  return Array.from({ length: 20 }, () => rule(random.pick(countries), 100 + random.below(900)));
};

const cuts: RfmCuts = {
  recency: [290, 217, 144, 71].map(days => now - days * day),
  frequency: [1, 2, 4, 8],
  monetary: [5, 80, 400, 1000],
};

/** The best of some rounds, after the first have warmed up. */
const algebraMilliseconds = (size: number): number => {
  const random = seededRandom(5);
  const sets = Array.from({ length: 7 }, () => {
    const set = emptyBitSet(size);
    for (let word = 0; word < set.length; word += 1) set[word] = random.below(2 ** 32);
    return set;
  });
  const term = { all: sets.slice(0, 3), any: sets.slice(3, 5), none: sets.slice(5) };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 50; round += 1) {
    const started = performance.now();
    if (sizeOfTerm(term) > size) throw new Error('more than there are');
    best = Math.min(best, performance.now() - started);
  }
  return best;
};

export const bulkSpeed = async (profiles: number, events: number): Promise<BulkSpeed> => {
  const folder = join(tmpdir(), `cdp-bench-segments-${process.pid}`);
  const engine = new DuckdbEngine({
    memoryMegabytes: 384,
    threads: 2,
    temporaryDirectory: folder,
    temporaryMegabytes: 8192,
  });
  /** What the files take to be made is no part of what asking them takes. */
  const generated = new DuckdbEngine({
    memoryMegabytes: 192,
    threads: 1,
    temporaryDirectory: join(folder, 'made'),
    temporaryMegabytes: 8192,
  });
  const session = await engine.connect();
  const [base, slim] = [join(folder, 'profiles.parquet'), join(folder, 'events.parquet')];
  const kept = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)';
  try {
    await generated.using(async maker => {
      await maker.run(`COPY (${profilesSql(profiles)}) TO '${base}' ${kept}`);
      await maker.run(`COPY (${eventsSql(events, profiles)}) TO '${slim}' ${kept}`);
    });
    await generated.close();
    const context = { dialect: sqlDialects.duckdb, promoted, id: 'id', events: `read_parquet('${slim}')`, now };
    const from = `read_parquet('${base}')`;
    const measure = async (columns: string, conditions: readonly Condition[], where?: Condition): Promise<number> => {
      const parts = conditions.map(condition => conditionSql(condition, context));
      const only = where && conditionSql(where, context);
      /** A case looks only at the rows that are left; a filter of an aggregate looks at every row with every part. */
      const counted = parts.map(({ text }) => `count(CASE WHEN ${text} THEN 1 END)`).join(', ');
      const text = `SELECT ${columns === '' ? counted : columns} FROM ${from}${only ? ` WHERE ${only.text}` : ''}`;
      const parameters = [...parts.flatMap(({ values }) => values), ...(only?.values ?? [])];
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        await session.rows(text, { parameters });
        times.push(performance.now() - started);
      }
      return times.sort((left, right) => left - right)[Math.floor(rounds / 2)] ?? 0;
    };
    const one = rule('US', 500);
    const champions = scoresAsFields({ group: 'champions' }, cuts);
    const buyers: Condition = { event: 'purchase', count: { min: 3 }, timeWindow: 90 };
    const speed = {
      count: await measure('count(*)', [], one),
      ids: await measure('id', [], one),
      twenty: await measure('', twentyRules()),
      rfm: await measure('count(*)', [], champions),
      behaviour: await measure('count(*)', [], buyers),
      algebra: algebraMilliseconds(profiles),
    };
    return { profiles, events, ...speed, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
};
