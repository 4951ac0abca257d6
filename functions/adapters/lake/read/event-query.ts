import type { EventFilter } from '../../../../core/ports/event-lake.ts';
import type { Parameter } from '../duckdb-connection.ts';
import { eventColumns, quoted } from './lake-columns.ts';

/** Where rows are: files on this machine, and rows of the table of hot objects as a query. */
export interface EventSources {
  runs: readonly string[];
  merged: readonly string[];
  hot: string | undefined;
  mayRepeat: boolean;
}

export interface EventConditions extends Omit<EventFilter, 'profileId'> {
  people?: readonly string[] | undefined;
  /** Under whose ids all that is wanted stands in runs; everybody's when absent. Ids of the lake's own files. */
  standing?: readonly string[] | undefined;
  eventId?: string | undefined;
  /** When it was received, both included, epoch ms. */
  received?: { from: number; to: number } | undefined;
  /** Only what stands behind this place: older, or with a smaller id at the same time. */
  before?: { at: number; eventId: string } | undefined;
}

export interface EventQuery {
  sql: string;
  parameters: Parameter[];
}

type Bind = (value: Parameter) => string;

/** Times that no calendar of the lake is beyond, epoch ms. */
export const [firstInstant, lastInstant] = [0, Date.parse('9999-12-31T00:00:00Z')];
export const withinCalendar = (at: number): number => Math.trunc(Math.min(Math.max(at, firstInstant), lastInstant));

const instant = (at: number, bind: Bind): string => `make_timestamp(${bind(withinCalendar(at))}::BIGINT * 1000)`;

/** What holds of every row of an event, whoever has it. */
const eventConditions = (wanted: EventConditions, bind: Bind): string[] => {
  const { type, types, sessionId, source, eventId, received, from, until, before } = wanted;
  const equal = (column: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`"${column}" = ${bind(value)}`];
  return [
    ...(received ? [`"receivedAt" BETWEEN ${instant(received.from, bind)} AND ${instant(received.to, bind)}`] : []),
    ...equal('eventId', eventId),
    ...equal('type', type),
    ...(types === undefined ? [] : [`"type" = ANY(${bind(types)})`]),
    ...equal('sessionId', sessionId),
    ...equal('source', source),
    ...(from > firstInstant ? [`"timestamp" >= ${instant(from, bind)}`] : []),
    ...(until < lastInstant ? [`"timestamp" < ${instant(until, bind)}`] : []),
    ...(before
      ? [
          `"timestamp" <= ${instant(before.at, bind)}`,
          `("timestamp" < ${instant(before.at, bind)} OR "eventId" < ${bind(before.eventId)})`,
        ]
      : []),
  ];
};

const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;

const parquet = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(quoted).join(', ')}], union_by_name = true)`;

const isNothing = ({ runs, merged, hot }: EventSources): boolean =>
  runs.length + merged.length === 0 && hot === undefined;

/** Each source by itself, so that its own order and statistics say what need not be read. */
const rowsOf = (
  sources: EventSources,
  conditions: readonly string[],
  inRuns: readonly string[],
  columns = eventColumns,
): string => {
  const { runs, merged, hot } = sources;
  const chosen = where(conditions);
  const parts = [
    ...(runs.length === 0 ? [] : [`SELECT ${columns} FROM ${parquet(runs)}${where([...inRuns, ...conditions])}`]),
    ...(merged.length === 0 ? [] : [`SELECT ${columns} FROM ${parquet(merged)}${chosen}`]),
    ...(hot === undefined ? [] : [`SELECT ${columns} FROM (${hot})${chosen}`]),
  ];
  return parts.join(' UNION ALL ');
};

const newestCommit = `QUALIFY row_number() OVER (PARTITION BY "eventId" ORDER BY "committedAt" DESC, version DESC) = 1`;

/**
 * Asks for the newest events first. Where an event may stand in several rows the last commit tells whose it is, so that
 * people are looked at after that.
 */
export const eventQuery = (sources: EventSources, wanted: EventConditions, limit: number): EventQuery | undefined => {
  const parameters: Parameter[] = [];
  const bind: Bind = value => `$${parameters.push(value)}`;
  const conditions = eventConditions(wanted, bind);
  const ofPeople = wanted.people ? [`"profileId" = ANY(${bind(wanted.people)})`] : [];
  const { mayRepeat } = sources;
  if (isNothing(sources)) return undefined;
  const standing = wanted.standing ? [`"personId" IN (${['', ...wanted.standing].map(quoted).join(', ')})`] : [];
  const rows = mayRepeat
    ? `SELECT * FROM (SELECT * FROM (${rowsOf(sources, conditions, [])}) ${newestCommit})${where(ofPeople)}`
    : rowsOf(sources, [...conditions, ...ofPeople], standing);
  /** There is one event of an id: whoever has found it need not look on. */
  const order = wanted.eventId !== undefined && !mayRepeat ? '' : 'ORDER BY "timestamp" DESC, "eventId" DESC ';
  return { sql: `SELECT * FROM (${rows}) ${order}LIMIT ${Math.trunc(limit)}`, parameters };
};

/** All rows of some types since an instant, each event as its last commit tells it; `undefined` where there are none. */
export const dayRows = (
  sources: EventSources,
  { types, from }: { types: readonly string[]; from: number },
): string | undefined => {
  if (isNothing(sources)) return undefined;
  const since = withinCalendar(from);
  const conditions = [
    `"type" IN (${types.map(quoted).join(', ')})`,
    ...(since > firstInstant ? [`"timestamp" >= make_timestamp(${since}::BIGINT * 1000)`] : []),
  ];
  const rows = rowsOf(sources, conditions, []);
  return sources.mayRepeat ? `SELECT * FROM (${rows}) ${newestCommit}` : rows;
};

/** Slim rows of a run: which numbers of types are wanted, every one when absent. */
export interface SlimRows {
  slim: readonly string[];
  people: readonly string[];
  types: readonly number[] | undefined;
}

export const slimRowsIn = ({ slim, types }: Omit<SlimRows, 'people'>): string =>
  `SELECT person, second FROM read_parquet([${slim.map(quoted).join(', ')}])${where(types ? [`type IN (${types.join(', ')})`] : [])}`;

/**
 * Asks for the second since which the newest events are, and how many they are: of those alone that happened before the
 * last second of the range, of which some may be beyond it. `undefined` where there is nothing to be asked.
 */
export const secondsQuery = (
  others: EventSources,
  slim: readonly SlimRows[],
  wanted: EventConditions,
  limit: number,
): EventQuery | undefined => {
  const parameters: Parameter[] = [];
  const bind: Bind = value => `$${parameters.push(value)}`;
  const { until, before } = wanted;
  const last = Math.floor(withinCalendar(Math.min(until - 1, before?.at ?? Number.POSITIVE_INFINITY)) / 1000);
  const rest = isNothing(others)
    ? ''
    : rowsOf(others, eventConditions(wanted, bind), [], 'epoch_ms("timestamp") // 1000 AS second');
  const parts = [...slim.map(one => `SELECT second::BIGINT AS second FROM (${slimRowsIn(one)})`), rest];
  const seconds = parts.filter(part => part !== '').join(' UNION ALL ');
  if (seconds === '') return undefined;
  const since = Math.floor(withinCalendar(wanted.from) / 1000);
  const newest = `SELECT second FROM (${seconds}) WHERE second < ${last} AND second > ${since}
    ORDER BY second DESC LIMIT ${Math.trunc(limit)}`;
  return { sql: `SELECT min(second) AS since, count(*) AS rows FROM (${newest})`, parameters };
};
