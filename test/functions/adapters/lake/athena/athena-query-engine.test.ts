import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Question } from '../../../../../core/language/sql/question.ts';
import { emptySnapshot, type SnapshotManifest } from '../../../../../core/model/snapshot-manifest.ts';
import { QueryTooSlow } from '../../../../../core/ports/query-engine.ts';
import { athenaQueryEngine } from '../../../../../functions/adapters/lake/athena/athena-query-engine.ts';
import { engineBySize } from '../../../../../functions/adapters/lake/athena/engine-by-size.ts';

const athena = mockClient(AthenaClient);
beforeEach(() => {
  athena.reset();
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'query-1' });
});
afterEach(() => athena.reset());

const manifest: SnapshotManifest = {
  ...emptySnapshot,
  version: 3,
  asOf: 77,
  base: { key: 'profiles/files/base.parquet', rows: 10, sizeBytes: 1000 },
};
const clock = { at: 0 };
const engine = athenaQueryEngine({
  client: new AthenaClient({ region: 'eu-central-1' }),
  workGroup: 'cdp',
  database: 'lake',
  table: { name: 'profile_snapshot', bucket: 'bucket' },
  snapshots: { get: async () => manifest },
  now: () => clock.at,
  pause: async milliseconds => {
    clock.at += milliseconds;
  },
});

const question: Question = (dialect, { text }) => ({
  text: `SELECT count(*) AS n FROM ${text} WHERE country = ? AND ${dialect.listContains('tags', '?')} AND purchase_count >= ? AND consent_email = ?`,
  values: ['US', "it's", 3, true],
});

const answers = (rows: (string | undefined)[][]) => ({
  ResultSet: {
    ResultSetMetadata: {
      ColumnInfo: [
        { Name: 'country', Type: 'varchar' },
        { Name: 'n', Type: 'bigint' },
        { Name: 'rich', Type: 'boolean' },
      ],
    },
    Rows: rows.map(row => ({ Data: row.map(text => (text === undefined ? {} : { VarCharValue: text })) })),
  },
});

describe('a question', () => {
  test('goes out in the words of Athena, its values beside it as literals', async () => {
    athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status: { State: 'SUCCEEDED' } } });
    athena.on(GetQueryResultsCommand).resolves(answers([['country', 'n', 'rich']]));
    await engine.ask(question, 20);
    const [call] = athena.commandCalls(StartQueryExecutionCommand);
    expect(call?.args[0].input).toMatchObject({
      WorkGroup: 'cdp',
      QueryExecutionContext: { Database: 'lake' },
      ExecutionParameters: ["'US'", "'it''s'", '3', 'true'],
    });
    expect(call?.args[0].input.QueryString).toContain('contains(tags, ?)');
    expect(call?.args[0].input.QueryString).toContain(`"$path" = 's3://bucket/profiles/files/base.parquet'`);
  });

  test('waits for its end, and has the rows of every page in their types', async () => {
    athena
      .on(GetQueryExecutionCommand)
      .resolvesOnce({ QueryExecution: { Status: { State: 'QUEUED' } } })
      .resolvesOnce({ QueryExecution: { Status: { State: 'RUNNING' } } })
      .resolves({ QueryExecution: { Status: { State: 'SUCCEEDED' } } });
    athena
      .on(GetQueryResultsCommand)
      .resolvesOnce({
        ...answers([
          ['country', 'n', 'rich'],
          ['US', '5', 'true'],
        ]),
        NextToken: 'more',
      })
      .resolves(answers([[undefined, '0', 'false']]));
    expect(await engine.ask(question, 20)).toEqual({
      asOf: 77,
      rows: [
        { country: 'US', n: 5, rich: true },
        { country: null, n: 0, rich: false },
      ],
    });
  });

  test('that takes too long is stopped', async () => {
    athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status: { State: 'RUNNING' } } });
    athena.on(StopQueryExecutionCommand).resolves({});
    await expect(engine.ask(question, 5)).rejects.toBeInstanceOf(QueryTooSlow);
    expect(athena.commandCalls(StopQueryExecutionCommand)[0]?.args[0].input).toEqual({ QueryExecutionId: 'query-1' });
  });

  test('that fails tells why', async () => {
    const Status = { State: 'FAILED' as const, StateChangeReason: 'COLUMN_NOT_FOUND' };
    athena.on(GetQueryExecutionCommand).resolves({ QueryExecution: { Status } });
    await expect(engine.ask(question, 5)).rejects.toThrow('COLUMN_NOT_FOUND');
  });
});

test.each([
  [1000, 'near'],
  [999, 'far'],
])('with room for %d bytes, files of 1000 are read %s', async (nearBytesMax, where) => {
  const answering = (name: string) => ({ ask: async () => ({ rows: [{ name }], asOf: 0 }) });
  const sized = engineBySize({
    near: answering('near'),
    far: answering('far'),
    snapshots: { get: async () => manifest },
    nearBytesMax,
  });
  expect((await sized.ask(question, 1)).rows).toEqual([{ name: where }]);
});
