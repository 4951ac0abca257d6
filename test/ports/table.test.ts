import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { sharedDynamoDb } from '../fixtures/dynamodb.ts';
import { slowIndexTable } from '../fixtures/slow-index-table.ts';
import { suiteNow, tableSuite } from './table-suite.ts';

const now = (): number => suiteNow;

tableSuite('in memory', async () => memoryTable({ now }));

tableSuite('in DynamoDB', async () => {
  const { client, tableName } = await sharedDynamoDb();
  return dynamoTable(client, tableName, { now });
});

tableSuite('behind an index without lag', async () => slowIndexTable(memoryTable({ now }), { lagMilliseconds: 0 }));
