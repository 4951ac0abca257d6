import { sqlDialects } from '../../../../core/language/sql/sql-dialect.ts';
import type { Promoted } from '../../../../core/model/profile-snapshot.ts';
import { emptySnapshot, type SnapshotManifest } from '../../../../core/model/snapshot-manifest.ts';
import type { Collection } from '../../../../core/ports/collection.ts';
import { SnapshotMoved, type SnapshotParts } from '../../../../core/ports/profile-snapshot.ts';
import type { QueryEngine } from '../../../../core/ports/query-engine.ts';
import type { DuckdbEngine } from '../duckdb.ts';
import type { Duckdb } from '../duckdb-connection.ts';
import type { FetchedFiles } from '../fetched-files.ts';
import type { LendEvents } from '../read/event-relation.ts';
import { newestTold, openFiles, openParts, relations, type Session } from './snapshot-session.ts';

export interface SnapshotReaderTools {
  snapshots: Pick<Collection<SnapshotManifest>, 'get'>;
  snapshotParts: Pick<SnapshotParts, 'names'>;
  files: Pick<FetchedFiles, 'fetch' | 'holding'>;
  /** Gives a connection that is kept, with the tables that are put together here. */
  engine: Pick<DuckdbEngine, 'connect'>;
  /** Lends events to questions that read them; absent where none does. */
  events?: LendEvents;
}

/** What the tables of a session were put together from. */
interface Opened {
  /** The key of the file that questions read, where there is one. */
  base: readonly string[];
  files: string;
  parts: string;
  promoted: Promoted;
  asOf: number;
}

const triesMax = 5;

/** Asks DuckDB, over files that were fetched to this machine and everything that was told since. */
export const duckdbQueryEngine = (tools: SnapshotReaderTools): QueryEngine => {
  let session: Promise<Duckdb> | undefined;
  let opened: Opened | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** The tables hold for one question at a time. */
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(work, work);
    last = answer.catch(() => undefined);
    return answer;
  };
  const current = async (connection: Session): Promise<Opened> => {
    for (let tries = 1; ; tries += 1) {
      try {
        opened = await refreshed(connection, opened, tools);
        return opened;
      } catch (fault) {
        opened = undefined;
        if (!(fault instanceof SnapshotMoved) || tries === triesMax) throw fault;
      }
    }
  };
  return {
    ask: (question, budgetSeconds, signal, events) =>
      inTurn(async () => {
        session ??= tools.engine.connect();
        const connection = await session;
        const { base, promoted, asOf } = await current(connection);
        const answerOver = (lent?: string) => {
          const everybody = { text: relations.everybody, promoted, ...(lent === undefined ? {} : { events: lent }) };
          const { text, values } = question(sqlDialects.duckdb, everybody);
          const asking = { parameters: values, budgetSeconds, signal };
          return tools.files.holding(base, () => connection.rows(text, asking));
        };
        if (events === undefined) return { rows: await answerOver(), asOf };
        if (tools.events === undefined) throw new Error('a question asks of events, and none are lent');
        return { rows: await tools.events(connection, events, answerOver), asOf };
      }),
  };
};

/** Brings the tables up to what stands now; what stands as before is left as it is. @throws SnapshotMoved */
const refreshed = async (
  session: Session,
  before: Opened | undefined,
  { snapshots, snapshotParts, files: copies }: SnapshotReaderTools,
): Promise<Opened> => {
  /** In this order: parts are removed after the manifest has changed, so that none is missed. */
  const names = await snapshotParts.names();
  const manifest = (await snapshots.get(emptySnapshot.id)) ?? emptySnapshot;
  const [files, parts] = [JSON.stringify([manifest.base, manifest.delta, manifest.promoted]), names.join('\n')];
  if (before?.files === files && before.parts === parts) return before;
  const fetch = (key: string) => copies.fetch(key);
  if (before?.files !== files) await openFiles(session, manifest, fetch);
  await openParts(session, { manifest, parts: names }, fetch, 'view');
  const { promoted } = manifest;
  const asOf = Math.max(manifest.asOf, await newestTold(session));
  return { base: manifest.base ? [manifest.base.key] : [], files, parts, promoted, asOf };
};
