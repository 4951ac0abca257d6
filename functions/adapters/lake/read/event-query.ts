import type { EventFilter } from '../../../../core/ports/event-lake.ts';
import type { Parameter } from '../duckdb-connection.ts';
import { eventColumns, quoted } from './lake-columns.ts';

/** Where rows are: files on this machine, and rows of the table of hot objects as a query. */
export interface EventSources {
  runs: readonly string[];
  merged: readonly string[];
  hot: string | undefined;
  mayRepeat: boolean;
  /** How many rows there are, whether or not they are wanted. */
  rows: number;
}

export interface EventConditions extends Omit<EventFilter, 'profileId'> {
  people?: readonly string[] | undefined;
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

/** Each source by itself, so that its own order and statistics say what need not be read. */
const rowsOf = (
  sources: EventSources,
  conditions: readonly string[],
  ofPeople: readonly string[],
  columns = eventColumns,
): string => {
  const { runs, merged, hot } = sources;
  const chosen = where([...conditions, ...ofPeople]);
  const parts = [
    ...[runs, merged].flatMap(paths =>
      paths.length === 0 ? [] : [`SELECT ${columns} FROM ${parquet(paths)}${chosen}`],
    ),
    ...(hot === undefined ? [] : [`SELECT ${columns} FROM (${hot})${chosen}`]),
  ];
  return parts.join(' UNION ALL ');
};

const newestCommit = `QUALIFY row_number() OVER (PARTITION BY "eventId" ORDER BY "committedAt" DESC, version DESC) = 1`;

/**
 * Asks for the newest events first. Where an event may stand in several rows the last commit tells whose it is, so that
 * people are looked at after that.
 */
export const eventQuery = (sources: EventSources, wanted: EventConditions, limit: number): EventQuery => {
  const parameters: Parameter[] = [];
  const bind: Bind = value => `$${parameters.push(value)}`;
  const conditions = eventConditions(wanted, bind);
  const ofPeople = wanted.people ? [`"profileId" = ANY(${bind(wanted.people)})`] : [];
  const order = `ORDER BY "timestamp" DESC, "eventId" DESC LIMIT ${Math.trunc(limit)}`;
  const rows = sources.mayRepeat
    ? `SELECT * FROM (SELECT * FROM (${rowsOf(sources, conditions, [])}) ${newestCommit})${where(ofPeople)}`
    : rowsOf(sources, conditions, ofPeople);
  return { sql: `SELECT * FROM (${rows}) ${order}`, parameters };
};

/** So few rows are read whole. */
const fewRows = 50_000;

/**
 * Asks since when the newest events are, which costs a fraction of reading them whole; `undefined` where it is not worth
 * it, or where rows may stand in for others.
 */
export const boundaryQuery = (
  sources: EventSources,
  wanted: EventConditions,
  limit: number,
): EventQuery | undefined => {
  if (sources.mayRepeat || sources.rows <= fewRows || wanted.eventId !== undefined) return undefined;
  const parameters: Parameter[] = [];
  const bind: Bind = value => `$${parameters.push(value)}`;
  const conditions = eventConditions(wanted, bind);
  const ofPeople = wanted.people ? [`"profileId" = ANY(${bind(wanted.people)})`] : [];
  const rows = rowsOf(sources, conditions, ofPeople, '"timestamp"');
  const newest = `SELECT "timestamp" FROM (${rows}) ORDER BY "timestamp" DESC LIMIT ${Math.trunc(limit)}`;
  return { sql: `SELECT min("timestamp") AS since, count(*) AS rows FROM (${newest})`, parameters };
};
