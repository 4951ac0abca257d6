import type { LakeEvent } from '../../../../core/model/lake-event.ts';
import type { ArchivePage, ArchiveRange, EventArchive } from '../../../../core/ports/event-archive.ts';
import type { DayView } from '../../../../core/ports/lake-partitions.ts';
import { eventColumns, lakeEventIn, quoted } from '../read/lake-columns.ts';
import { type ArchiveTools, copyOf, survivorsIn } from './survivors.ts';

/** Times that no calendar of the lake is beyond, epoch ms. */
const [firstInstant, lastInstant] = [0, Date.parse('9999-12-31T00:00:00Z')];
const dayOf = (at: number): string =>
  new Date(Math.min(Math.max(at, firstInstant), lastInstant)).toISOString().slice(0, 10);

interface Page extends ArchiveRange {
  /** Events after this id. */
  after: string;
  limit: number;
}

const isMeant = ({ timestamp, type, eventId }: LakeEvent, { from, until, types, after }: Page): boolean =>
  timestamp >= from && timestamp < until && eventId > after && (types === undefined || types.includes(type));

const instantOf = (at: number): string =>
  `make_timestamp_ms(${Math.trunc(Math.min(Math.max(at, firstInstant), lastInstant))})`;

const conditionOf = ({ from, until, types, after }: Page): string =>
  [
    `"eventId" > ${quoted(after)}`,
    `"timestamp" >= ${instantOf(from)}`,
    `"timestamp" < ${instantOf(until)}`,
    ...(types === undefined ? [] : [`"type" IN (${types.map(quoted).join(', ')})`]),
  ].join(' AND ');

/** Rows of a day's files, the first ones by event id; of an event with several, each. */
const filedRows = async (
  { runs, merged }: DayView,
  page: Page,
  { engine, files }: ArchiveTools,
): Promise<LakeEvent[]> => {
  const keys = [...runs.flatMap(run => run.files.events.map(({ key }) => key)), ...merged.map(({ key }) => key)];
  if (keys.length === 0) return [];
  return files.holding(keys, async paths => {
    const list = keys.map(key => quoted(copyOf(key, paths))).join(', ');
    const source = `SELECT * FROM read_parquet([${list}], union_by_name = true)`;
    const chosen = `SELECT "eventId" FROM files WHERE ${conditionOf(page)} GROUP BY 1 ORDER BY 1 LIMIT ${page.limit + 1}`;
    const sql = `WITH files AS (${source}) SELECT ${eventColumns} FROM files WHERE "eventId" IN (${chosen})`;
    return (await engine.using(duckdb => duckdb.rows(sql))).map(lakeEventIn);
  });
};

/** Rows that are not in the files of their day yet. */
const hotRows = async ({ day, hot }: DayView, page: Page, { hotFiles }: ArchiveTools): Promise<LakeEvent[]> => {
  const rows: LakeEvent[] = [];
  for (const { events } of hot) {
    const found = events && (await hotFiles.events(events.key));
    for (const row of found ?? []) if (dayOf(row.timestamp) === day && isMeant(row, page)) rows.push(row);
  }
  return rows;
};

/**
 * Of each event the row that was committed last, in the order of their ids. It is as of its first commit: what was
 * replayed once must not become younger with every replay.
 */
const newest = (rows: readonly LakeEvent[]): LakeEvent[] => {
  const found = new Map<string, { row: LakeEvent; firstAt: number }>();
  for (const row of rows) {
    const known = found.get(row.eventId);
    const firstAt = Math.min(known?.firstAt ?? row.committedAt, row.committedAt);
    const last = known && known.row.committedAt >= row.committedAt ? known.row : row;
    found.set(row.eventId, { row: last, firstAt });
  }
  const each = [...found.values()].map(({ row, firstAt }) => ({ ...row, committedAt: firstAt }));
  return each.sort((left, right) => (left.eventId < right.eventId ? -1 : 1));
};

/** A part of a day that is read by itself. */
interface Piece {
  /** Empty for the whole day. */
  name: string;
  view: DayView;
}

/**
 * A day that is sorted into one run has each person in one of its parts: these are read one after the other, so that a
 * day may be of any size. Every other day is read as a whole. Begins with the piece of that name; with the first one
 * where the day was sorted anew meanwhile.
 */
const piecesOf = (view: DayView, from: string): Piece[] => {
  const [run, ...others] = view.runs;
  const isOne = run !== undefined && others.length + view.merged.length + view.hot.length === 0 && !run.mayRepeat;
  if (!isOne) return [{ name: '', view }];
  const pieces = run.files.events.map((part, index) => ({
    name: `${run.id}:${index}`,
    view: { ...view, runs: [{ ...run, files: { ...run.files, events: [part] } }] },
  }));
  return pieces.slice(
    Math.max(
      0,
      pieces.findIndex(({ name }) => name === from),
    ),
  );
};

/** Where a piece begins: the next one of a day knows what was told of the whole before the day was sorted. */
const placeOf = ({ name, view }: Piece, day: string, since: string): string =>
  `${view.day}  ${name} ${view.day === day ? since : ''}`;

/**
 * The lake, day by day, each piece of a day in the order of receipt. A place is a day, the id of the last event that was
 * told, the piece, and the last event that was told of the whole day, where it was sorted since. Of a day that was sorted
 * anew between two of its pieces events are told again.
 */
export const partitionArchive = (tools: ArchiveTools): EventArchive => ({
  scan: async (range, limit, place): Promise<ArchivePage> => {
    const [startDay = dayOf(range.from), after = '', piece = '', whole = ''] = place?.split(' ', 4) ?? [];
    const told = piece === '' ? after : whole;
    const days = await tools.partitions.view(startDay, dayOf(range.until - 1));
    const survivorOf = await survivorsIn(tools);
    const pieces = days.flatMap(view => piecesOf(view, view.day === startDay ? piece : ''));
    for (const [index, { name, view }] of pieces.entries()) {
      const ofStart = view.day === startDay;
      const since = ofStart ? told : '';
      const page = { ...range, limit, after: ofStart && name === piece && after > since ? after : since };
      const rows = newest([...(await filedRows(view, page, tools)), ...(await hotRows(view, page, tools))]);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      if (!last) continue;
      const next = pieces[index + 1];
      const further =
        rows.length > limit ? `${view.day} ${last.eventId} ${name} ${since}` : next && placeOf(next, view.day, since);
      const events = shown.map(row => ({ row, profileId: survivorOf(row.profileId) }));
      return { events, ...(further === undefined ? {} : { next: further }) };
    }
    return { events: [] };
  },
});
