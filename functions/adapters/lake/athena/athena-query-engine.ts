import {
  type AthenaClient,
  type ColumnInfo,
  type Datum,
  GetQueryExecutionCommand,
  paginateGetQueryResults,
  type QueryExecutionStatus,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { sqlDialects } from '../../../../core/language/sql/sql-dialect.ts';
import type { SqlValue, Statement } from '../../../../core/language/sql/statement.ts';
import { emptySnapshot, type SnapshotManifest } from '../../../../core/model/snapshot-manifest.ts';
import type { Collection } from '../../../../core/ports/collection.ts';
import { type QueryEngine, QueryStopped, QueryTooSlow } from '../../../../core/ports/query-engine.ts';
import { athenaProfiles, type SnapshotTable } from './athena-profiles.ts';

export interface AthenaTools {
  client: AthenaClient;
  workGroup: string;
  database: string;
  table: SnapshotTable;
  snapshots: Pick<Collection<SnapshotManifest>, 'get'>;
  /** Epoch ms. */
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
}

/** Asks Athena, over the same files. */
export const athenaQueryEngine = (tools: AthenaTools): QueryEngine => ({
  ask: async (question, budgetSeconds, signal) => {
    const manifest = (await tools.snapshots.get(emptySnapshot.id)) ?? emptySnapshot;
    const statement = question(sqlDialects.athena, athenaProfiles(manifest, tools.table));
    const executionId = await start(statement, tools);
    await ended(executionId, { until: tools.now() + budgetSeconds * 1000, signal }, tools);
    return { rows: await rowsOf(executionId, tools), asOf: manifest.asOf };
  },
});

/** Values travel as literals. */
const literal = (value: SqlValue): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

const start = async ({ text, values }: Statement, { client, workGroup, database }: AthenaTools): Promise<string> => {
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: text,
      WorkGroup: workGroup,
      QueryExecutionContext: { Database: database },
      ...(values.length === 0 ? {} : { ExecutionParameters: values.map(literal) }),
    }),
  );
  if (QueryExecutionId === undefined) throw new Error('Athena began a query without naming it');
  return QueryExecutionId;
};

const statusOf = async (executionId: string, { client }: AthenaTools): Promise<QueryExecutionStatus> => {
  const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: executionId }));
  return QueryExecution?.Status ?? {};
};

const [firstPause, longestPause] = [100, 1000];

interface Patience {
  /** Epoch ms. */
  until: number;
  signal: AbortSignal | undefined;
}

/** Waits for the end of a query; one that is not over in time, or that nobody waits for any more, is stopped. */
const ended = async (executionId: string, { until, signal }: Patience, tools: AthenaTools): Promise<void> => {
  for (let wait = firstPause; ; wait = Math.min(wait * 1.5, longestPause)) {
    const { State, StateChangeReason } = await statusOf(executionId, tools);
    if (State === 'SUCCEEDED') return;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`Athena: ${State}: ${StateChangeReason}`);
    if (signal?.aborted || tools.now() >= until) {
      await tools.client.send(new StopQueryExecutionCommand({ QueryExecutionId: executionId }));
      if (signal?.aborted) throw new QueryStopped('nobody waits for the answer');
      throw new QueryTooSlow('the query took longer than it may and was stopped');
    }
    await tools.pause(wait);
  }
};

const numbers = new Set(['tinyint', 'smallint', 'integer', 'bigint', 'float', 'double', 'decimal']);

const typed = ({ VarCharValue: text }: Datum, { Type = '' }: ColumnInfo): unknown => {
  if (text === undefined) return null;
  if (numbers.has(Type)) return Number(text);
  return Type === 'boolean' ? text === 'true' : text;
};

/** The first row of a result names its columns. */
const rowsOf = async (executionId: string, { client }: AthenaTools): Promise<Record<string, unknown>[]> => {
  const rows: Record<string, unknown>[] = [];
  let isFirst = true;
  for await (const { ResultSet } of paginateGetQueryResults({ client }, { QueryExecutionId: executionId })) {
    const columns = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
    for (const { Data = [] } of (ResultSet?.Rows ?? []).slice(isFirst ? 1 : 0)) {
      rows.push(Object.fromEntries(columns.map((column, index) => [column.Name, typed(Data[index] ?? {}, column)])));
    }
    isFirst = false;
  }
  return rows;
};
