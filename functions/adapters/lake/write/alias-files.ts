import type { HotObject, LakeFile } from '../../../../core/model/lake-partition.ts';
import type { CompactedAliases, Unreadable } from '../../../../core/ports/lake-files.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { faultOfFile, type LakeSession, openLakeSession, quoted } from './lake-session.ts';

const parquet = 'FORMAT PARQUET, COMPRESSION ZSTD';
const columns = `columns = {"profileId": 'VARCHAR', version: 'BIGINT', life: 'VARCHAR', "into": 'VARCHAR', "at": 'BIGINT'}`;

const fromLines = (path: string): string =>
  `SELECT "profileId", version, life, "into", make_timestamp("at" * 1000) AS "at"
   FROM read_json(${quoted(path)}, format = 'newline_delimited', compression = 'gzip', ${columns})`;
const fromParquet = (path: string): string => `SELECT * FROM read_parquet(${quoted(path)})`;

/** Takes in the rows of files one by one; tells which could not be read. */
const takeIn = async (
  session: LakeSession,
  files: readonly LakeFile[],
  select: (path: string) => string,
): Promise<Unreadable[]> => {
  await session.run(
    'CREATE TABLE told ("profileId" VARCHAR, version BIGINT, life VARCHAR, "into" VARCHAR, "at" TIMESTAMP)',
  );
  const unreadable: Unreadable[] = [];
  for (const { key } of files) {
    const path = await session.fetch(key);
    try {
      if (path === undefined) throw new Error('it is not there');
      await session.run(`INSERT INTO told ${select(path)}`);
    } catch (fault) {
      unreadable.push({ key, reason: faultOfFile(fault) });
    }
  }
  return unreadable;
};

const within = async <Result>(lake: ObjectStore, run: (session: LakeSession) => Promise<Result>): Promise<Result> => {
  const session = await openLakeSession(lake);
  try {
    return await run(session);
  } finally {
    await session.close();
  }
};

const keepAll = async (session: LakeSession, select: string, key: string): Promise<LakeFile | undefined> => {
  const [counted] = await session.rows(`SELECT count(*) AS n FROM (${select})`);
  const rows = Number(counted?.n ?? 0);
  if (rows === 0) return undefined;
  const path = session.path('aliases.parquet');
  await session.run(`COPY (${select}) TO ${quoted(path)} (${parquet})`);
  return session.keep(path, key, rows);
};

/** The aliases of hot objects in one file, as they came. */
export const mergeAliases = (
  lake: ObjectStore,
  objects: readonly HotObject[],
  key: string,
): Promise<CompactedAliases> =>
  within(lake, async session => {
    const files = objects.flatMap(({ aliases }) => aliases ?? []);
    const unreadable = await takeIn(session, files, fromLines);
    return { file: await keepAll(session, 'SELECT * FROM told', key), unreadable };
  });

/**
 * Of each profile the newest row, and the newest of each of whom it was ever merged into: runs of that time have its
 * events under that id. By profile. Nothing is written where a file could not be read.
 */
export const compactAliases = (lake: ObjectStore, files: readonly LakeFile[], key: string): Promise<CompactedAliases> =>
  within(lake, async session => {
    const unreadable = await takeIn(session, files, fromParquet);
    if (unreadable.length > 0) return { file: undefined, unreadable };
    const newest = `SELECT * FROM told
      QUALIFY row_number() OVER (PARTITION BY "profileId", "into" ORDER BY version DESC) = 1
      ORDER BY "profileId", version`;
    return { file: await keepAll(session, newest, key), unreadable };
  });

const hopsMax = 64;

/**
 * Makes the table `moved` of those in `ids` (a query for `profileId`) whose events belong to somebody else by now:
 * `personId`, or nobody where they were erased. Whoever has them may have been merged too, so that the way is followed
 * to its end.
 */
export const findMoved = async (session: LakeSession, paths: readonly string[], ids: string): Promise<void> => {
  if (paths.length === 0) {
    await session.run('CREATE TABLE moved ("profileId" VARCHAR, "personId" VARCHAR)');
    return;
  }
  await session.run(`CREATE TABLE alias AS SELECT "profileId", arg_max(life, version) AS life,
    arg_max(coalesce("into", ''), version) AS target
    FROM read_parquet([${paths.map(quoted).join(', ')}]) GROUP BY "profileId"`);
  await session.run(`DELETE FROM alias WHERE life = 'live'`);
  for (let hops = 0; hops < hopsMax; hops += 1) {
    const [followed] = await session.rows(
      `SELECT count(*) AS n FROM alias SEMI JOIN alias AS next ON alias.target = next."profileId"`,
    );
    if (Number(followed?.n) === 0) break;
    await session.run(`UPDATE alias SET target = next.target FROM alias AS next WHERE alias.target = next."profileId"`);
  }
  await session.run(`CREATE TABLE moved AS SELECT "profileId", nullif(target, '') AS "personId"
    FROM alias SEMI JOIN (${ids}) AS own USING ("profileId")`);
  await session.run('DROP TABLE alias');
};
