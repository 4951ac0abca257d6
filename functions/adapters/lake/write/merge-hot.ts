import { lakeEventColumns } from '../../../../core/model/lake-event.ts';
import type { HotObject, LakeSpan, MergedFile } from '../../../../core/model/lake-partition.ts';
import type { HotMerge, Unreadable } from '../../../../core/ports/lake-files.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { faultOfFile, type LakeSession, openLakeSession, quoted, type Row } from './lake-session.ts';

type Column = keyof typeof lakeEventColumns;
const columns = Object.entries(lakeEventColumns) as [Column, string][];

/** In JSON lines times are numbers and bytes are base64. */
const jsonType = (type: string): string => (type === 'TIMESTAMP' ? 'BIGINT' : type === 'BLOB' ? 'VARCHAR' : type);
const fromJson = (name: string, type: string): string => {
  if (type === 'TIMESTAMP') return `make_timestamp(${name} * 1000) AS ${name}`;
  return type === 'BLOB' ? `from_base64(${name}) AS ${name}` : name;
};

const quotedName = (name: string): string => `"${name}"`;
const jsonColumns = columns.map(([name, type]) => `${name}: ${quoted(jsonType(type))}`).join(', ');
const selected = columns.map(([name, type]) => fromJson(quotedName(name), type)).join(', ');
const names = columns.map(([name]) => quotedName(name)).join(', ');

/** Small groups, so that whoever looks for a range of profiles reads few rows. */
const parquet = 'FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 8192';

const createRows = `CREATE TABLE hot (object UINTEGER, ${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`;

/** Takes in the lines of one object, wholly or not at all. */
const take = async (session: LakeSession, object: number, path: string, rows: number): Promise<void> => {
  const lines = `read_json(${quoted(path)}, format = 'newline_delimited', compression = 'gzip', columns = {${jsonColumns}},
    maximum_object_size = 67108864)`;
  await session.run('BEGIN');
  try {
    await session.run(`INSERT INTO hot SELECT ${object}, ${selected} FROM ${lines}`);
    const [found] = await session.rows(`SELECT count(*) AS n FROM hot WHERE object = ${object}`);
    if (Number(found?.n) !== rows) throw new Error(`it has ${found?.n} rows in place of ${rows}`);
    await session.run('COMMIT');
  } catch (fault) {
    await session.run('ROLLBACK');
    throw fault;
  }
};

const takeAll = async (session: LakeSession, objects: readonly HotObject[]): Promise<Unreadable[]> => {
  const unreadable: Unreadable[] = [];
  await session.run(createRows);
  for (const [index, { events }] of objects.entries()) {
    if (!events) continue;
    const path = await session.fetch(events.key);
    if (path === undefined) {
      unreadable.push({ key: events.key, reason: 'it is not there' });
      continue;
    }
    try {
      await take(session, index, path, events.rows);
    } catch (fault) {
      unreadable.push({ key: events.key, reason: faultOfFile(fault) });
    }
  }
  return unreadable;
};

/** What rows span, as SQL tells it. */
export const spanColumns = `count(*) AS rows, min("eventId") AS "minEventId", max("eventId") AS "maxEventId",
  epoch_ms(min("timestamp")) AS "minTime", epoch_ms(max("timestamp")) AS "maxTime"`;

/** The span of at least one row. */
export const spanIn = (row: Row | undefined, mayRepeat: boolean): LakeSpan => ({
  rows: Number(row?.rows ?? 0),
  minEventId: String(row?.minEventId),
  maxEventId: String(row?.maxEventId),
  minTime: Number(row?.minTime),
  maxTime: Number(row?.maxTime),
  mayRepeat,
});

const dayOfRow = `strftime("timestamp", '%Y-%m-%d')`;

const writeDay = async (
  session: LakeSession,
  day: string,
  objects: readonly [number, HotObject][],
  key: string,
): Promise<MergedFile | undefined> => {
  const numbers = objects.map(([number]) => number);
  if (numbers.length === 0) return undefined;
  const rows = `FROM hot WHERE object IN (${numbers.join(', ')}) AND ${dayOfRow} = ${quoted(day)}`;
  const [spanned] = await session.rows(`SELECT ${spanColumns} ${rows}`);
  const span = spanIn(
    spanned,
    objects.some(([, { events }]) => events?.mayRepeat),
  );
  if (span.rows === 0) return undefined;
  const path = session.path('merged.parquet');
  await session.run(
    `COPY (SELECT ${names} ${rows} ORDER BY "profileId", "timestamp", "eventId") TO ${quoted(path)} (${parquet})`,
  );
  return { ...span, ...(await session.keep(path, key, span.rows)) };
};

/** Opens the events of hot objects for being written by day. */
export const openHotMerge = async (lake: ObjectStore, objects: readonly HotObject[]): Promise<HotMerge> => {
  const session = await openLakeSession(lake);
  try {
    const unreadable = await takeAll(session, objects);
    const days = await session.rows(`SELECT DISTINCT ${dayOfRow} AS day FROM hot ORDER BY day`);
    const numberOf = new Map(objects.map((object, index) => [object.events?.key, index]));
    return {
      unreadable,
      days: days.map(({ day }) => String(day)),
      write: (day, chosen, key) => {
        const numbered = chosen.flatMap((object): [number, HotObject][] => {
          const number = object.events && numberOf.get(object.events.key);
          return number === undefined ? [] : [[number, object]];
        });
        return writeDay(session, day, numbered, key);
      },
      close: () => session.close(),
    };
  } catch (fault) {
    await session.close();
    throw fault;
  }
};
