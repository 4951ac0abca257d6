import { inLanes } from '../../../../core/model/in-lanes.ts';
import { headColumns, nothingPromoted, personColumns } from '../../../../core/model/profile-snapshot.ts';
import type { SnapshotManifest } from '../../../../core/model/snapshot-manifest.ts';
import { SnapshotMoved, type SnapshotSource } from '../../../../core/ports/profile-snapshot.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import { faultOfFile } from '../write/lake-session.ts';
import { columnsWith, fileRows, noRows, partRows, quoted, shown, withPromoted } from './snapshot-columns-sql.ts';
import { newestParts, toldRows } from './told-rows.ts';

/** A connection to DuckDB, with tables of its own. */
export type Session = Pick<Duckdb, 'run' | 'rows'>;

/** The path of an object's copy on this machine; `undefined` where there is no such object. */
export type FetchFile = (key: string) => Promise<string | undefined>;

const lanes = 32;

const fetchAll = (keys: readonly string[], fetch: FetchFile): Promise<string[]> =>
  inLanes(keys, lanes, async key => {
    const path = await fetch(key);
    if (path === undefined) throw new SnapshotMoved(`${key} is gone`);
    return path;
  });

/**
 * The relations of a session: `base` and `delta` are the files; `fresh` what was told since, put together with what
 * stood before; `hidden` the rows of the base (by their place in the file) in whose stead others stand.
 */
export const relations = {
  base: 'snapshot_base',
  delta: 'snapshot_delta',
  fresh: 'snapshot_fresh',
  hidden: 'snapshot_hidden',
  everybody: 'profiles',
} as const;
const { base, delta, fresh, hidden, everybody } = relations;
const [told, heads, persons] = ['snapshot_told', 'snapshot_heads', 'snapshot_persons'];

const table = (session: Session, name: string, rows: string): Promise<void> =>
  session.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${rows}`);
const view = (session: Session, name: string, rows: string): Promise<void> =>
  session.run(`CREATE OR REPLACE TEMP VIEW ${name} AS ${rows}`);

/** Opens the files that a manifest names: the base where it is, the delta as a table. @throws SnapshotMoved */
export const openFiles = async (session: Session, manifest: SnapshotManifest, fetch: FetchFile): Promise<void> => {
  const columns = columnsWith(manifest.promoted);
  const rowsOf = async (file: SnapshotManifest['base']): Promise<string> => {
    const [path] = file ? await fetchAll([file.key], fetch) : [];
    if (path === undefined) return noRows({ ...columns, file_row_number: 'BIGINT' });
    const present = await session.rows(`SELECT name FROM parquet_schema(${quoted(path)})`);
    return fileRows(path, new Set(present.map(({ name }) => String(name))), columns);
  };
  await view(session, base, await rowsOf(manifest.base));
  await table(session, delta, await rowsOf(manifest.delta));
};

const partsPerRead = 500;

/** Takes parts in together, or, where one of them cannot be read, one by one. Tells which could not. */
const takeIn = async (session: Session, names: readonly string[], fetch: FetchFile): Promise<string[]> => {
  const paths = await fetchAll(names, fetch);
  try {
    await session.run(`INSERT INTO snapshot_parts ${partRows(paths)}`);
    return [];
  } catch (fault) {
    faultOfFile(fault);
    if (names.length === 1) return [...names];
    const unreadable: string[] = [];
    for (const name of names) unreadable.push(...(await takeIn(session, [name], fetch)));
    return unreadable;
  }
};

/**
 * Puts together what parts tell that are not in the files yet. A view looks up what stood before when it is asked, in
 * those columns that it is asked for; a table once and for all. Tells which parts could not be read.
 * @throws SnapshotMoved
 */
export const openParts = async (
  session: Session,
  { manifest, parts }: SnapshotSource,
  fetch: FetchFile,
  as: 'view' | 'table',
): Promise<string[]> => {
  await table(session, 'snapshot_parts', noRows(columnsWith(nothingPromoted)));
  const unreadable: string[] = [];
  for (let start = 0; start < parts.length; start += partsPerRead)
    unreadable.push(...(await takeIn(session, parts.slice(start, start + partsPerRead), fetch)));
  await table(session, told, 'SELECT DISTINCT id FROM snapshot_parts');
  await table(session, heads, newestParts('snapshot_parts', headColumns, 'head_version'));
  await table(session, persons, newestParts('snapshot_parts', personColumns, 'person_version'));
  await session.run('DROP TABLE snapshot_parts');
  const changedIds = `(SELECT id FROM ${delta} UNION SELECT id FROM ${told}) AS changed`;
  await table(session, hidden, `SELECT file_row_number FROM ${base} SEMI JOIN ${changedIds} USING (id)`);
  await (as === 'table' ? table : view)(session, fresh, withPromoted(toldNow, manifest.promoted));
  await view(session, everybody, everybodyRows(manifest, parts.length > 0));
  return unreadable;
};

/** What those are by now of whom anything was told. */
const toldNow = toldRows({
  ids: told,
  heads,
  persons,
  inDelta: `SELECT * FROM ${delta} SEMI JOIN ${told} USING (id)`,
  inBase: `SELECT * FROM ${base} SEMI JOIN ${hidden} USING (file_row_number)
    SEMI JOIN ${told} USING (id) ANTI JOIN ${delta} USING (id)`,
});

/** Everything that changed since the base, whether or not it is shown. */
export const changedRows = ({ promoted }: SnapshotManifest): string => {
  const columns = Object.keys(columnsWith(promoted)).join(', ');
  return `SELECT ${columns} FROM ${delta} ANTI JOIN ${told} USING (id) UNION ALL SELECT ${columns} FROM ${fresh}`;
};

/** One row for each profile that is shown. */
const everybodyRows = (manifest: SnapshotManifest, anyParts: boolean): string => {
  const columns = Object.keys(columnsWith(manifest.promoted)).join(', ');
  if (!manifest.delta && !anyParts) return `SELECT ${columns} FROM ${base}`;
  return `SELECT ${columns} FROM ${base} ANTI JOIN ${hidden} USING (file_row_number)
    UNION ALL SELECT ${columns} FROM (${changedRows(manifest)}) WHERE ${shown}`;
};

/** Of one row the only number; 0 where there is none. */
export const numberIn = async (session: Session, sql: string): Promise<number> =>
  Number(Object.values((await session.rows(sql))[0] ?? {})[0] ?? 0);

/** Epoch ms of the newest change that the parts tell. */
export const newestTold = (session: Session): Promise<number> =>
  numberIn(
    session,
    `SELECT greatest((SELECT max(epoch_ms(updated_at)) FROM ${heads}), (SELECT max(epoch_ms(person_updated_at)) FROM ${persons}))`,
  );
