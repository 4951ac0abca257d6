import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Promoted } from '../../../../core/model/profile-snapshot.ts';
import { type SnapshotFile, snapshotFileKey, snapshotFilesPrefix } from '../../../../core/model/snapshot-manifest.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import type { SnapshotFiles } from '../../../../core/ports/profile-snapshot.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import { quoted, shown, withPromoted } from './snapshot-columns-sql.ts';
import {
  changedRows,
  type FetchFile,
  newestTold,
  numberIn,
  openFiles,
  openParts,
  relations,
  type Session,
} from './snapshot-session.ts';

const { base, hidden, everybody } = relations;

/** Above this, what people have is estimated from every fiftieth of them. */
const wholeRowsMax = 100_000;
const sampledEach = 50;
/** Nobody is told of a change later than this. */
const goneMilliseconds = 7 * 24 * 3_600_000;

/** Files of the snapshot, written by DuckDB. */
export const duckdbSnapshotFiles = (lake: ObjectStore, engine: Pick<DuckdbEngine, 'using'>): SnapshotFiles => ({
  open: (source, work) =>
    openedIn(engine, lake, async (session, fetch, directory) => {
      const { manifest } = source;
      await openFiles(session, manifest, fetch);
      const unreadable = await openParts(session, source, fetch, 'table');
      const changed = `(${changedRows(manifest)}) AS changed`;
      const store = (rows: string) =>
        storeRows(session, rows, directory, snapshotFileKey(manifest.version + 1, randomUUID()), lake);
      const goneRows = `SELECT count(*) FROM ${base} SEMI JOIN ${hidden} USING (file_row_number)
        SEMI JOIN (SELECT id FROM ${changed} WHERE life <> 'live') AS gone USING (id)`;
      const goneInBase = () => numberIn(session, goneRows);
      return work({
        unreadable,
        changed: async () => ({
          rows: await numberIn(session, `SELECT count(*) FROM ${changed}`),
          gone: await goneInBase(),
          asOf: await newestTold(session),
        }),
        frequencies: async () => {
          const each = (manifest.base?.rows ?? 0) > wholeRowsMax ? sampledEach : 1;
          return {
            fields: await frequencies(session, 'json_keys(custom_fields)', each),
            tags: await frequencies(session, 'tags', each),
          };
        },
        writeDelta: async () => ({
          ...(await store(`SELECT * FROM ${changed} ORDER BY id`)),
          gone: await goneInBase(),
        }),
        writeBase: async (promoted, now) => {
          const whole = await store(promotedAs(`SELECT * FROM ${everybody}`, manifest.promoted, promoted));
          const left = `SELECT * FROM ${changed} WHERE CASE WHEN life <> 'live' THEN epoch_ms(updated_at) > ${now - goneMilliseconds}
            ELSE NOT coalesce(${shown}, false) END`;
          const rest = await store(promotedAs(left, manifest.promoted, promoted));
          return { base: whole, ...(rest.rows > 0 ? { delta: { ...rest, gone: 0 } } : {}) };
        },
      });
    }),
  keys: async () => {
    const keys: string[] = [];
    for await (const { key } of lake.list(snapshotFilesPrefix)) keys.push(key);
    return keys;
  },
  remove: keys => lake.delete(keys),
});

/** Rows with other columns for what is promoted than before; where those are the same, as they are. */
const promotedAs = (rows: string, before: Promoted, after: Promoted): string =>
  JSON.stringify(before) === JSON.stringify(after) ? rows : withPromoted(rows, after);

const frequencies = async (session: Session, names: string, each: number) => {
  const rows = await session.rows(`
    SELECT name, count(*) * ${each} AS profiles
    FROM (SELECT unnest(${names}) AS name FROM ${everybody} WHERE hash(id) % ${each} = 0)
    GROUP BY name ORDER BY profiles DESC, name LIMIT 100`);
  return rows.map(({ name, profiles }) => ({ name: String(name), profiles: Number(profiles) }));
};

/** Light compression costs little here and is as small as any; the second version of the format reads faster. */
const format = 'FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd, COMPRESSION_LEVEL 1';

const storeRows = async (
  session: Session,
  rows: string,
  directory: string,
  key: string,
  lake: ObjectStore,
): Promise<SnapshotFile> => {
  const path = join(directory, `${randomUUID()}.parquet`);
  await session.run(`COPY (${rows}) TO ${quoted(path)} (${format})`);
  await lake.write(key, createReadStream(path));
  const count = await numberIn(session, `SELECT sum(num_rows) FROM parquet_file_metadata(${quoted(path)})`);
  const { size } = await stat(path);
  await rm(path);
  return { key, rows: count, sizeBytes: size };
};

/** Copies of objects in a directory, under names of its own. */
const copiesIn =
  (lake: ObjectStore, directory: string): FetchFile =>
  async key => {
    const bytes = await lake.read(key);
    if (!bytes) return undefined;
    const path = join(directory, `${randomUUID()}-${basename(key)}`);
    await writeFile(path, bytes);
    return path;
  };

/** Lends a connection and a directory, and takes both away again. */
const openedIn = async <Answer>(
  engine: Pick<DuckdbEngine, 'using'>,
  lake: ObjectStore,
  work: (session: Session, fetch: FetchFile, directory: string) => Promise<Answer>,
): Promise<Answer> => {
  const directory = await mkdtemp(join(tmpdir(), 'snapshot-'));
  try {
    return await engine.using(session => work(session, copiesIn(lake, directory), directory));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
