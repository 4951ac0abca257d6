import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { createDynamoProcess, tableDirectory } from '../../../../lib/local/engines/dynamodb.ts';
import { ensureTableFile } from '../../../../lib/local/engines/seed-table-file.ts';

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

test('the engine works with a new state, and the index of its streams stays in the file', async () => {
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
  expect(content).toContain(
    'CREATE INDEX _stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
});

test('a file that is there is left alone', () => {
  const file = join(stateDirectory(), 'table.sqlite');
  writeFileSync(file, 'mine');
  ensureTableFile(file);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('a file that is no database is told at start', async () => {
  const directory = stateDirectory();
  const { stop } = await open(directory);
  await stop();
  writeFileSync(join(tableDirectory(directory), 'table.sqlite'), 'no database');
  await expect(createDynamoProcess(directory, 0)).rejects.toThrow('table.sqlite is no database any more');
});
