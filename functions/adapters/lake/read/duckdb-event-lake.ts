import { Problem } from '../../../../core/errors.ts';
import { idTime } from '../../../../core/model/id-time.ts';
import type { ArchivedEvent } from '../../../../core/ports/event-archive.ts';
import type { EventLake, EventPageQuery, FoundEvents } from '../../../../core/ports/event-lake.ts';
import type { DayView, LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import { AliasTable } from './alias-table.ts';
import { type DayFiles, dayFiles, isEmpty } from './day-files.ts';
import { type DayWindow, dayWindows } from './day-windows.ts';
import { withinCalendar } from './event-query.ts';
import { type RowTools, rowsOf } from './event-rows.ts';
import { HotTable } from './hot-table.ts';
import { lookingAgain } from './looking-again.ts';
import { queryLimits } from './query-limits.ts';
import type { WantedRows } from './wanted-rows.ts';

export interface EventLakeTools {
  engine: Pick<DuckdbEngine, 'using'>;
  files: FetchedFiles;
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>;
  now: () => number;
}

type Found = Omit<FoundEvents, 'nextCursor'>;

const dayMilliseconds = 86_400_000;
/** The clocks of others may be ahead of ours. */
const aheadMilliseconds = dayMilliseconds;
/** An id tells when its event was received, unless a clock was set back just then. */
const clockMilliseconds = 20;

let opened = 0;

/** Reads the lake with DuckDB, over copies of its files on this machine and what was committed a moment ago. */
export const duckdbEventLake = (tools: EventLakeTools): EventLake => {
  const { engine, files, now } = tools;
  opened += 1;
  const tables = {
    hot: new HotTable(`lake_hot_${opened}`, files, now),
    aliases: new AliasTable(`lake_aliases_${opened}`, files),
  };
  const reading = { ...tools, ...tables };
  const reader = <Answer>(read: (duckdb: Duckdb) => Promise<Answer>): Promise<Answer> =>
    engine.using(duckdb => lookingAgain(() => read(duckdb), files));
  return {
    page: query =>
      reader(async duckdb => {
        await tables.aliases.take(duckdb, await tools.partitions.aliasView());
        const wanted = await conditionsOf(query, duckdb, tables.aliases);
        const newest = Math.min(
          now() + aheadMilliseconds,
          wanted.before?.at ?? Number.POSITIVE_INFINITY,
          query.until - 1,
        );
        const windows = newest < query.from ? [] : dayWindows(withinCalendar(query.from), withinCalendar(newest));
        return pageIn(windows, { ...wanted, limit: query.limit + 1 }, duckdb, reading);
      }).then(found => pageOf(found, query.limit)),
    one: (eventId, given = {}) =>
      reader(async duckdb => {
        await tables.aliases.take(duckdb, await tools.partitions.aliasView());
        const limits = queryLimits(given);
        const wanted = { eventId, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY, limit: 1, limits };
        const windows = windowsOfId(eventId);
        const at = idTime(eventId) ?? 0;
        const received = { from: at - clockMilliseconds, to: at + clockMilliseconds };
        const near = await pageIn(windows.slice(0, 1), { ...wanted, received }, duckdb, reading);
        return near.events[0] ?? (await pageIn(windows, wanted, duckdb, reading)).events[0];
      }),
  };
};

type Reading = EventLakeTools & RowTools;

/** Most events happen when they are received; others may be of any time before. */
const windowsOfId = (eventId: string): DayWindow[] => {
  const at = idTime(eventId);
  if (at === undefined) return [];
  const [near, ...far] = dayWindows(0, at + aheadMilliseconds);
  return near ? [near, ...far] : [];
};

const conditionsOf = async (
  { limit: _limit, cursor, profileId, budgetSeconds, signal, ...filter }: EventPageQuery,
  duckdb: Duckdb,
  aliases: AliasTable,
): Promise<Omit<WantedRows, 'limit'>> => {
  const [at = '', eventId = ''] = cursor?.split('#', 2) ?? [];
  const instant = Date.parse(at);
  if (cursor !== undefined && (Number.isNaN(instant) || eventId === '')) throw noCursor();
  const people = profileId === undefined ? undefined : await aliases.family(duckdb, profileId);
  return {
    ...filter,
    limits: queryLimits({ budgetSeconds, signal }),
    ...(cursor === undefined ? {} : { before: { at: instant, eventId } }),
    ...(people === undefined ? {} : { people, standWith: await aliases.everWith(duckdb, people) }),
  };
};

const noCursor = (): Problem =>
  new Problem('VALIDATION_FAILED', 'query.cursor: is none that this list gave', [
    { path: 'query.cursor', reason: 'is none that this list gave' },
  ]);

/** Goes back in time until there is enough. */
const pageIn = async (
  windows: readonly DayWindow[],
  wanted: WantedRows,
  duckdb: Duckdb,
  tools: Reading,
): Promise<Found> => {
  const events: ArchivedEvent[] = [];
  let asOf = 0;
  for (const { fromDay, toDay } of windows) {
    const views = await tools.partitions.view(fromDay, toDay);
    asOf = Math.max(asOf, ...views.map(newestChange));
    const days = views.map(view => dayFiles(view, wanted)).filter(day => !isEmpty(day));
    for (const group of growingGroups(days.reverse())) {
      const limit = wanted.limit - events.length;
      events.push(...(await rowsOf(group, { ...wanted, limit }, duckdb, tools)));
      if (events.length >= wanted.limit) return told(events, asOf);
    }
  }
  return told(events, asOf);
};

const told = (events: ArchivedEvent[], asOf: number): Found => ({ events, ...(asOf === 0 ? {} : { asOf }) });

/** One day, then two, then four: few questions where events are few. */
const growingGroups = (days: readonly DayFiles[]): DayFiles[][] => {
  const groups: DayFiles[][] = [];
  for (let start = 0, size = 1; start < days.length; start += size, size *= 2)
    groups.push(days.slice(start, start + size));
  return groups;
};

/** Epoch ms of the newest change that the objects of a day know. */
const newestChange = ({ runs, merged, hot }: DayView): number =>
  Math.max(
    0,
    ...hot.map(({ at }) => at),
    ...runs.map(({ id }) => idTime(id) ?? 0),
    ...merged.map(({ key }) => idTime(key) ?? 0),
  );

const pageOf = ({ events, ...found }: Found, limit: number): FoundEvents => {
  const shown = events.slice(0, limit);
  const last = shown.at(-1)?.row;
  const further = events.length > limit && last !== undefined;
  return {
    ...found,
    events: shown,
    ...(further ? { nextCursor: `${new Date(last.timestamp).toISOString()}#${last.eventId}` } : {}),
  };
};
