import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { sharedDynamoDb } from '../fixtures/dynamodb.ts';
import { someTime } from '../fixtures/profile-states.ts';
import { slowIndexTable } from '../fixtures/slow-index-table.ts';
import { manyProfilesSuite } from './many-profiles-suite.ts';
import { profileStoreSuite } from './profile-store-suite.ts';

const now = (): number => someTime;

profileStoreSuite('in memory', async () => ({ store: tableProfileStore(memoryTable({ now })) }));

profileStoreSuite('in DynamoDB', async () => {
  const { client, tableName } = await sharedDynamoDb();
  return { store: tableProfileStore(dynamoTable(client, tableName, { now })) };
});

profileStoreSuite('behind an index that lags', async () => {
  const table = slowIndexTable(memoryTable({ now }));
  return { store: tableProfileStore(table), showAll: () => table.catchUp() };
});

const inMemory = memoryTable({ now });
manyProfilesSuite('in memory', {
  open: async () => tableProfileStore(inMemory),
  another: async () => tableProfileStore(inMemory),
});

const inDynamoDb = async () => {
  const { client, tableName } = await sharedDynamoDb();
  return tableProfileStore(dynamoTable(client, tableName, { now }));
};
manyProfilesSuite('in DynamoDB', { open: inDynamoDb, another: inDynamoDb });
