import { writeFile } from 'node:fs/promises';
import { channels } from '../../../../core/model/channel.ts';
import { lakeEventColumns } from '../../../../core/model/lake-event.ts';
import type { LakeCodes, LakeFile, LakeLayout, LakeRun } from '../../../../core/model/lake-partition.ts';
import type { Compacted, CompactInput, RowsBefore } from '../../../../core/ports/lake-files.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { findMoved } from './alias-files.ts';
import { type LakeSession, openLakeSession, quoted } from './lake-session.ts';
import { spanColumns, spanIn } from './merge-hot.ts';
import { blame, fetchSources } from './source-files.ts';

/** Rows of one part of `events`: what is sorted at a time. */
const partRows = 100_000;
const wide = 'FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480';
const narrow = 'FORMAT PARQUET, COMPRESSION ZSTD, PARQUET_VERSION V2';

const names = Object.keys(lakeEventColumns).map(name => `"${name}"`);
const columns = names.join(', ');

const lists = (paths: readonly string[]): string => `[${paths.map(quoted).join(', ')}]`;

const isBefore = ({ basis, before }: RowsBefore): string =>
  `"${basis === 'receivedAt' ? 'receivedAt' : 'timestamp'}" < make_timestamp(${Math.trunc(before)}::BIGINT * 1000)`;

/**
 * Divides the rows: those that stay where they are, and `odd` ones, few, that belong to somebody else by now or were
 * committed more than once. Of the latter the last commit holds.
 */
const divide = async (
  session: LakeSession,
  paths: readonly string[],
  mayRepeat: boolean,
  without: RowsBefore | undefined,
): Promise<void> => {
  const kept = without ? ` WHERE NOT ${isBefore(without)}` : '';
  const all = `SELECT ${columns} FROM read_parquet(${lists(paths)}, union_by_name = true)${kept}`;
  const repeats = mayRepeat
    ? `SELECT "eventId" FROM (${all}) GROUP BY "eventId" HAVING count(*) > 1`
    : `SELECT NULL::VARCHAR AS "eventId" WHERE false`;
  await session.run(`CREATE TABLE repeated AS ${repeats}`);
  await session.run(`CREATE TABLE odd AS
    SELECT CASE WHEN moved."profileId" IS NULL THEN one."profileId" ELSE moved."personId" END AS "personId", one.*
    FROM (
      SELECT * FROM (${all}) SEMI JOIN repeated USING ("eventId")
      QUALIFY row_number() OVER (PARTITION BY "eventId" ORDER BY "committedAt" DESC, version DESC, "profileId") = 1
      UNION ALL
      SELECT * FROM (${all}) SEMI JOIN moved USING ("profileId") ANTI JOIN repeated USING ("eventId")
    ) AS one LEFT JOIN moved USING ("profileId")`);
  await session.run(`DELETE FROM odd WHERE "personId" IS NULL`);
  const plain = (await isEmpty(session, 'moved')) ? all : `SELECT * FROM (${all}) ANTI JOIN moved USING ("profileId")`;
  const single = (await isEmpty(session, 'repeated')) ? plain : `${plain} ANTI JOIN repeated USING ("eventId")`;
  await session.run(
    `CREATE VIEW kept AS SELECT "profileId" AS "personId", * FROM (${single}) UNION ALL SELECT * FROM odd`,
  );
};

const isEmpty = async (session: LakeSession, table: string): Promise<boolean> =>
  (await session.rows(`SELECT 1 AS n FROM ${table} LIMIT 1`)).length === 0;

const numberPeople = (session: LakeSession): Promise<void> =>
  session.run(`CREATE TABLE people AS
    SELECT "personId", (row_number() OVER by_id - 1)::UINTEGER AS person, sum(n) OVER by_id AS total
    FROM (SELECT "personId", count(*) AS n FROM kept GROUP BY "personId") WINDOW by_id AS (ORDER BY "personId")`);

const textsIn = async (session: LakeSession, column: string): Promise<string[]> => {
  const rows = await session.rows(
    `SELECT DISTINCT "${column}" AS text FROM kept WHERE "${column}" IS NOT NULL ORDER BY text`,
  );
  return rows.map(({ text }) => String(text));
};

const codesIn = async (session: LakeSession): Promise<LakeCodes> => ({
  types: await textsIn(session, 'type'),
  channels: ['', ...channels],
  currencies: ['', ...(await textsIn(session, 'currency'))],
});

const codeType = (texts: readonly string[]): string =>
  texts.length <= 256 ? 'UTINYINT' : texts.length <= 65_536 ? 'USMALLINT' : 'UINTEGER';

/** The place of a text in a list; the first one, the empty text, for what is not there. */
const placeOf = async (session: LakeSession, table: string, texts: readonly string[]): Promise<void> => {
  await session.run(`CREATE TABLE ${table} (text VARCHAR, code ${codeType(texts)})`);
  const values = texts.map((text, code) => `(${quoted(text)}, ${code})`);
  await session.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
};

/** Every row as a few numbers. */
const numberRows = async (session: LakeSession, codes: LakeCodes): Promise<void> => {
  await placeOf(session, 'types', codes.types);
  await placeOf(session, 'channels', codes.channels);
  await placeOf(session, 'currencies', codes.currencies);
  await session.run(`CREATE TABLE numbers AS
    SELECT person, epoch_ms("timestamp") AS ms, types.code AS type, coalesce(channels.code, 0)::UTINYINT AS channel,
      coalesce(currencies.code, 0)::UTINYINT AS currency, coalesce("amountMinor", 0) AS amount
    FROM kept JOIN people USING ("personId") JOIN types ON types.text = kept.type
    LEFT JOIN channels ON channels.text = kept.channel LEFT JOIN currencies ON currencies.text = kept.currency`);
};

type Write = (layout: LakeLayout, select: string, format: string, rows: number) => Promise<LakeFile>;

const writeNumbers = async (session: LakeSession, rows: number, people: number, write: Write) => {
  const second = '(ms // 1000)::UINTEGER AS second';
  const packed = `SELECT person, ${second}, type, channel, currency, amount FROM numbers ORDER BY person, ms`;
  const slim = `SELECT type, person, ${second}, amount FROM numbers ORDER BY type, person, ms`;
  const files = {
    packed: [await write('packed', packed, narrow, rows)],
    slim: [await write('slim', slim, narrow, rows)],
    people: [await write('people', 'SELECT person, "personId" FROM people ORDER BY person', narrow, people)],
  };
  await session.run('DROP TABLE numbers');
  return files;
};

/** People in their order, cut where a part is full: nobody is in two parts. */
const writeEvents = async (session: LakeSession, write: Write): Promise<LakeFile[]> => {
  const parts = await session.rows(`SELECT min("personId") AS first, max("personId") AS last,
    max(total) - coalesce(lag(max(total)) OVER (ORDER BY min("personId")), 0) AS rows
    FROM people GROUP BY (total - 1) // ${partRows} ORDER BY first`);
  const files: LakeFile[] = [];
  for (const { first, last, rows } of parts) {
    const range = `"personId" BETWEEN ${quoted(String(first))} AND ${quoted(String(last))}`;
    const select = `SELECT "personId", ${columns} FROM kept WHERE ${range} ORDER BY "personId", "timestamp", "eventId"`;
    files.push({ ...(await write('events', select, wide, Number(rows))), firstPerson: String(first) });
  }
  return files;
};

const writer = (session: LakeSession, { keyOf }: CompactInput): Write => {
  const parts = new Map<LakeLayout, number>();
  return async (layout, select, format, rows) => {
    const part = parts.get(layout) ?? 0;
    parts.set(layout, part + 1);
    const path = session.path(`${layout}.parquet`);
    await session.run(`COPY (${select}) TO ${quoted(path)} (${format})`);
    const file = await session.keep(path, keyOf(layout, part), rows);
    await session.discard(path);
    return file;
  };
};

const writeRun = async (
  session: LakeSession,
  input: CompactInput,
  paths: readonly string[],
  aliases: readonly string[],
): Promise<Omit<LakeRun, 'id'> | undefined> => {
  const mayRepeat = [...input.runs, ...input.merged].some(file => file.mayRepeat);
  await findMoved(session, aliases, `SELECT DISTINCT "profileId" FROM read_parquet(${lists(paths)})`);
  await divide(session, paths, mayRepeat, input.without);
  const [spanned] = await session.rows(`SELECT ${spanColumns} FROM kept`);
  const span = spanIn(spanned, false);
  if (span.rows === 0) return undefined;
  await numberPeople(session);
  const [counted] = await session.rows('SELECT count(*) AS n FROM people');
  const codes = await codesIn(session);
  await numberRows(session, codes);
  const write = writer(session, input);
  const numbers = await writeNumbers(session, span.rows, Number(counted?.n), write);
  const events = await writeEvents(session, write);
  return { ...span, files: { events, ...numbers, codes: [await writeCodes(session, codes, input)] } };
};

const writeCodes = async (session: LakeSession, codes: LakeCodes, { keyOf }: CompactInput): Promise<LakeFile> => {
  const path = session.path('codes.json');
  await writeFile(path, JSON.stringify(codes));
  return session.keep(path, keyOf('codes', 0), codes.types.length);
};

/** Sorts the files of a day into one run in every layout. */
export const compactDay = async (lake: ObjectStore, input: CompactInput): Promise<Compacted> => {
  const session = await openLakeSession(lake);
  try {
    const files = [...input.runs.flatMap(run => run.files.events), ...input.merged];
    const { sources, unreadable } = await fetchSources(session, files);
    const told = await fetchSources(session, input.aliases);
    const lost = [...unreadable, ...told.unreadable];
    if (lost.length > 0) return { run: undefined, unreadable: lost };
    try {
      const paths = sources.map(({ path }) => path);
      const aliases = told.sources.map(({ path }) => path);
      return { run: await writeRun(session, input, paths, aliases), unreadable: [] };
    } catch (fault) {
      return { run: undefined, unreadable: await blame(session, sources, fault) };
    }
  } finally {
    await session.close();
  }
};

/** How many events of these files came, or happened, before an instant. @throws Error where one cannot be read */
export const countBefore = async (lake: ObjectStore, files: readonly LakeFile[], rows: RowsBefore): Promise<number> => {
  const session = await openLakeSession(lake);
  try {
    const { sources, unreadable } = await fetchSources(session, files);
    if (unreadable.length > 0) throw new Error(`${unreadable.length} files of the lake cannot be read`);
    const paths = sources.map(({ path }) => path);
    if (paths.length === 0) return 0;
    const [found] = await session.rows(
      `SELECT count(DISTINCT "eventId") AS n FROM read_parquet(${lists(paths)}, union_by_name = true) WHERE ${isBefore(rows)}`,
    );
    return Number(found?.n ?? 0);
  } finally {
    await session.close();
  }
};
