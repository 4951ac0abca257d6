import type { Table } from '../../core/ports/table.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { sharedDynamoDb } from '../fixtures/dynamodb.ts';

/** The tables that every store is held against. Tests keep apart by their ids, since one engine serves them all. */
export const tableKinds: readonly { name: string; open: () => Promise<Table> }[] = [
  { name: 'in memory', open: async () => memoryTable() },
  {
    name: 'in DynamoDB',
    open: async () => {
      const { client, tableName } = await sharedDynamoDb();
      return dynamoTable(client, tableName);
    },
  },
];
