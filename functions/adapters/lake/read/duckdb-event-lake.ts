import { Problem } from '../../../../core/errors.ts';
import { idTime } from '../../../../core/model/id-time.ts';
import type { ArchivedEvent } from '../../../../core/ports/event-archive.ts';
import type { EventLake, EventPageQuery, FoundEvents } from '../../../../core/ports/event-lake.ts';
import type { DayView, LakePartitions } from '../../../../core/ports/lake-partitions.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import { type FetchedFiles, FilesTooLarge } from '../fetched-files.ts';
import { AliasTable } from './alias-table.ts';
import { type DayFiles, dayFiles, type Wanted as FilesWanted, isEmpty } from './day-files.ts';
import { type DayWindow, dayWindows } from './day-windows.ts';
import { boundaryQuery, type EventConditions, type EventSources, eventQuery, withinCalendar } from './event-query.ts';
import { HotTable, hotRows } from './hot-table.ts';
import { lakeEventIn } from './lake-columns.ts';
import { LakeMoved } from './lake-moved.ts';

export interface EventLakeTools {
  engine: Pick<DuckdbEngine, 'using'>;
  files: FetchedFiles;
  partitions: Pick<LakePartitions, 'view' | 'aliasView'>;
  now: () => number;
}

type Wanted = EventConditions & Pick<FilesWanted, 'standWith'> & { limit: number; budgetSeconds?: number | undefined };
type Found = Omit<FoundEvents, 'nextCursor'>;

const triesMax = 3;
const dayMilliseconds = 86_400_000;
/** The clocks of others may be ahead of ours. */
const aheadMilliseconds = dayMilliseconds;
/** An id tells when its event was received, unless a clock was set back just then. */
const clockMilliseconds = 20;
/** Files that vanish under a query were removed by somebody else on this machine. */
const goneFile = /no files found|cannot open file|no such file/i;

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
    one: eventId =>
      reader(async duckdb => {
        await tables.aliases.take(duckdb, await tools.partitions.aliasView());
        const wanted = { eventId, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY, limit: 1 };
        const windows = windowsOfId(eventId);
        const at = idTime(eventId) ?? 0;
        const received = { from: at - clockMilliseconds, to: at + clockMilliseconds };
        const near = await pageIn(windows.slice(0, 1), { ...wanted, received }, duckdb, reading);
        return near.events[0] ?? (await pageIn(windows, wanted, duckdb, reading)).events[0];
      }),
  };
};

interface Reading extends EventLakeTools {
  hot: HotTable;
  aliases: AliasTable;
}

/** Reads what is live once more where it was replaced meanwhile. */
const lookingAgain = async <Answer>(read: () => Promise<Answer>, files: FetchedFiles): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (fault) {
      const gone = fault instanceof Error && goneFile.test(fault.message);
      if (fault instanceof FilesTooLarge) throw tooLarge();
      if (tries === triesMax || !(gone || fault instanceof LakeMoved)) throw fault;
      if (gone) files.forget();
    }
  }
};

const tooLarge = (): Problem =>
  new Problem('VALIDATION_FAILED', 'query.startDate: a single day in the range is too large to be read at once', [
    { path: 'query.startDate', reason: 'names a range that is too large to be read at once' },
  ]);

/** Most events happen when they are received; others may be of any time before. */
const windowsOfId = (eventId: string): DayWindow[] => {
  const at = idTime(eventId);
  if (at === undefined) return [];
  const [near, ...far] = dayWindows(0, at + aheadMilliseconds);
  return near ? [near, ...far] : [];
};

const conditionsOf = async (
  { limit: _limit, cursor, profileId, ...filter }: EventPageQuery,
  duckdb: Duckdb,
  aliases: AliasTable,
): Promise<Omit<Wanted, 'limit'>> => {
  const [at = '', eventId = ''] = cursor?.split('#', 2) ?? [];
  const instant = Date.parse(at);
  if (cursor !== undefined && (Number.isNaN(instant) || eventId === '')) throw noCursor();
  const people = profileId === undefined ? undefined : await aliases.family(duckdb, profileId);
  return {
    ...filter,
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
  wanted: Wanted,
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

/** Rows of people who were erased are not there, so that others take their place. */
const rowsOf = async (
  days: readonly DayFiles[],
  wanted: Wanted,
  duckdb: Duckdb,
  tools: Reading,
): Promise<ArchivedEvent[]> => {
  const { files, hot, aliases } = tools;
  await hot.take(
    duckdb,
    days.flatMap(day => day.hot),
  );
  const keysOf = (of: 'runs' | 'merged') => days.flatMap(day => day[of].map(({ key }) => key));
  const [runs, merged] = [keysOf('runs'), keysOf('merged')];
  return files.holding([...runs, ...merged], async paths => {
    const pathOf = (key: string): string => {
      const path = paths.get(key);
      if (path === undefined) throw new LakeMoved(`${key} is gone`);
      return path;
    };
    const sources = {
      runs: runs.map(pathOf),
      merged: merged.map(pathOf),
      hot: days.some(day => day.hot.length > 0) ? hotRows(hot, days) : undefined,
      mayRepeat: days.some(day => day.mayRepeat),
      rows: days.flatMap(day => [...day.runs, ...day.merged]).reduce((sum, file) => sum + file.rows, 0),
    };
    return shownRows(sources, wanted, duckdb, aliases);
  });
};

const budgetOf = ({ budgetSeconds }: Wanted) => (budgetSeconds === undefined ? {} : { budgetSeconds });

/** Since when as many events are as are wanted, epoch ms. */
const newestSince = async (sources: EventSources, wanted: Wanted, limit: number, duckdb: Duckdb): Promise<number> => {
  const boundary = boundaryQuery(sources, wanted, limit);
  if (!boundary) return wanted.from;
  const [found] = await duckdb.rows(boundary.sql, { parameters: boundary.parameters, ...budgetOf(wanted) });
  return found?.rows === limit ? Number(found.since) : wanted.from;
};

const shownRows = async (
  sources: EventSources,
  wanted: Wanted,
  duckdb: Duckdb,
  aliases: AliasTable,
): Promise<ArchivedEvent[]> => {
  const shown: ArchivedEvent[] = [];
  let { before } = wanted;
  for (;;) {
    const limit = wanted.limit - shown.length;
    const further = { ...wanted, before };
    const from = await newestSince(sources, further, limit, duckdb);
    const { sql, parameters } = eventQuery(sources, { ...further, from }, limit);
    const found = await duckdb.rows(sql, { parameters, ...budgetOf(wanted) });
    const rows = found.map(lakeEventIn);
    const survivors = await aliases.survivors(duckdb, [...new Set(rows.map(({ profileId }) => profileId))]);
    for (const row of rows) {
      const profileId = survivors.get(row.profileId);
      if (profileId !== undefined) shown.push({ row, profileId });
    }
    const last = rows.at(-1);
    if (!last || rows.length < limit || shown.length >= wanted.limit) return shown;
    before = { at: last.timestamp, eventId: last.eventId };
  }
};

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
