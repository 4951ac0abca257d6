import { readFile } from 'node:fs/promises';
import type { CustomerHistory } from '../../../../core/model/customer-history.ts';
import type { LakeRun } from '../../../../core/model/lake-partition.ts';
import { unitsOf } from '../../../../core/model/minor-units.ts';
import type { PackedCodes } from '../../../../core/model/packed-columns.ts';
import type { CustomerHistories } from '../../../../core/ports/customer-histories.ts';
import type { EventSeries, SeriesPeriod } from '../../../../core/ports/event-series.ts';
import type { LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { RunFiles } from '../columns/packed-rows-sql.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { Row } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { historyRows, hourRows, seriesRows } from './history-sql.ts';

export interface HistoryTools {
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>;
  files: Pick<FetchedFiles, 'holding'>;
  engine: Pick<DuckdbEngine, 'using'>;
  /** Epoch ms. */
  now: () => number;
}

/** What happened longer ago tells little of what comes. */
const daysBack = 1100;
const dayMilliseconds = 86_400_000;
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

const keysOf = ({ files }: LakeRun): string[] =>
  (['packed', 'people', 'codes'] as const).flatMap(layout => files[layout].map(({ key }) => key));

const filesOf = async ({ files }: LakeRun, pathOf: (key: string) => string): Promise<RunFiles> => {
  const paths = (layout: 'packed' | 'people' | 'codes') => files[layout].map(({ key }) => pathOf(key));
  const [codes = ''] = paths('codes');
  return {
    packed: paths('packed'),
    people: paths('people'),
    codes: JSON.parse(await readFile(codes, 'utf8')) as PackedCodes,
  };
};

const numbers = (row: Row, name: string): number[] => (row[name] as unknown[]).map(Number);

const historyIn = (row: Row, unit: number): CustomerHistory => {
  const [days, bought, minor] = [numbers(row, 'days'), numbers(row, 'bought'), numbers(row, 'minor')];
  const [events, intents] = [numbers(row, 'events'), numbers(row, 'intents')];
  const amountAt = (place: number) => (minor[place] ?? 0) / unit;
  return {
    id: String(row.id),
    purchases: days.flatMap((day, place) => (bought[place] ? [{ day, amount: amountAt(place) }] : [])),
    activity: days.flatMap((day, place) =>
      events[place] ? [{ day, events: events[place] ?? 0, intents: intents[place] ?? 0 }] : [],
    ),
  };
};

/** Lends the sorted files of the last years to some work; `undefined` where there are none. */
const overRuns = async <Answer>(
  { partitions, files, now }: HistoryTools,
  work: (runs: RunFiles[], aliases: string[]) => Promise<Answer>,
): Promise<Answer | undefined> => {
  const days = await partitions.view(isoDay(now() - daysBack * dayMilliseconds), isoDay(now()));
  const runs = days.flatMap(day => day.runs);
  const aliases = (await partitions.aliasView()).base.map(({ key }) => key);
  if (runs.length === 0) return undefined;
  return files.holding([...runs.flatMap(keysOf), ...aliases], async paths => {
    const pathOf = (key: string): string => {
      const path = paths.get(key);
      if (path === undefined) throw new Error(`${key} is named and not there`);
      return path;
    };
    return work(await Promise.all(runs.map(run => filesOf(run, pathOf))), aliases.map(pathOf));
  });
};

const hours = 168;

/** Asks DuckDB over the sorted files of the last three years. */
export const duckdbCustomerHistories = (tools: HistoryTools): CustomerHistories => ({
  read: async (asked, accountCurrency, budgetSeconds) => {
    const found = await overRuns(tools, async (runs, aliases) => {
      const sql = historyRows(runs, aliases, asked, accountCurrency);
      const rows = await tools.engine.using(duckdb => duckdb.rows(sql, { budgetSeconds }));
      return rows.map(row => historyIn(row, unitsOf(accountCurrency)));
    });
    return found ?? [];
  },
  hoursOfWeek: async budgetSeconds => {
    const counts = new Array<number>(hours).fill(0);
    await overRuns(tools, async runs => {
      const rows = await tools.engine.using(duckdb => duckdb.rows(hourRows(runs), { budgetSeconds }));
      for (const { hour, events } of rows) counts[Number(hour)] = Number(events);
    });
    return counts;
  },
});

/** Asks DuckDB for what happened between bounds. */
export const duckdbEventSeries = (tools: HistoryTools): EventSeries => ({
  read: async (bounds, type, accountCurrency, budgetSeconds) => {
    const periods: SeriesPeriod[] = bounds.slice(1).map(() => ({ events: 0, people: 0, purchases: 0, revenue: 0 }));
    await overRuns(tools, async (runs, aliases) => {
      const sql = seriesRows(runs, aliases, bounds, type, accountCurrency);
      for (const row of await tools.engine.using(duckdb => duckdb.rows(sql, { budgetSeconds })))
        periods[Number(row.place)] = {
          ...{ events: Number(row.events), people: Number(row.people), purchases: Number(row.purchases) },
          revenue: Number(row.minor) / unitsOf(accountCurrency),
        };
    });
    return periods;
  },
});
