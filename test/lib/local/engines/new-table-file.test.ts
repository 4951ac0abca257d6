import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import sqlite from 'node-sqlite3-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { createDynamoProcess, tableDirectory } from '../../../../lib/local/engines/dynamodb.ts';
import { newTableFile } from '../../../../lib/local/engines/new-table-file.ts';

const stateDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-seed-'));

const open = async (directory: string) => {
  const engine = await createDynamoProcess(directory, 0);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${engine.port}`,
    region: 'eu-test-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stop = async (): Promise<void> => {
    client.destroy();
    await engine.stop();
  };
  onTestFinished(stop);
  return { client, stop };
};

test('the engine works with a new state, and the indexes of its streams stay in the file', async () => {
  const directory = stateDirectory();
  const { client, stop } = await open(directory);
  const TableName = 'items';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' } } }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.LatestStreamArn).toBeDefined();
  await stop();
  const content = readFileSync(join(tableDirectory(directory), 'table.sqlite')).toString('latin1');
  for (const name of ['INDEX cdp_stream_order', 'TRIGGER cdp_stream_retention']) {
    expect(content).toContain(`CREATE ${name}`);
  }
});

test.each([
  ['the next number', 'SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?'],
  [
    'what comes after a number',
    `SELECT event_name FROM _stream_records
     WHERE table_name = ? AND shard_id = ? AND CAST(sequence_number AS INTEGER) > ?
     ORDER BY CAST(sequence_number AS INTEGER)`,
  ],
])('%s is found by the index, without a sort or a scan', (_what, query) => {
  const file = join(stateDirectory(), 'table.sqlite');
  newTableFile(file);
  const database = new sqlite.Database(file);
  onTestFinished(() => database.close());
  const steps = database.all(`EXPLAIN QUERY PLAN ${query}`).map(({ detail }) => String(detail));
  expect(steps).toEqual([expect.stringMatching(/^SEARCH .*cdp_stream_order/)]);
});

test('stream records older than a day are deleted, and no younger one', () => {
  const file = join(stateDirectory(), 'table.sqlite');
  newTableFile(file);
  const database = new sqlite.Database(file);
  onTestFinished(() => database.close());
  const now = 1_800_000_000;
  const put = (count: number, createdAt: number): void =>
    database.exec(`
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
      INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at)
      SELECT 't', 'INSERT', '{}', n, 's', ${createdAt} FROM numbers`);
  put(300, now - 24 * 3600 - 1);
  put(199, now - 24 * 3600);
  put(1, now);
  expect(database.get('SELECT COUNT(*) AS kept, MIN(created_at) AS oldest FROM _stream_records')).toEqual({
    kept: 200,
    oldest: now - 24 * 3600,
  });
});

test('a file that is no database is told at start', async () => {
  const directory = stateDirectory();
  const { stop } = await open(directory);
  await stop();
  writeFileSync(join(tableDirectory(directory), 'table.sqlite'), 'no database');
  await expect(createDynamoProcess(directory, 0)).rejects.toThrow('table.sqlite is no database any more');
});
