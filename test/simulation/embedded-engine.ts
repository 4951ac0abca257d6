import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../core/ports/table.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { createTable, sharedDynamoDb } from '../fixtures/dynamodb.ts';
import { startedAt } from './fold-schedule.ts';
import type { Engine } from './run-fold-schedule.ts';

/** An empty table in the embedded engine. */
export const embeddedEngine = async (tableName: string): Promise<Engine> => {
  const { client } = await sharedDynamoDb();
  await createTable(client, tableName);
  const items = async (): Promise<Map<string, Item>> => {
    const found = new Map<string, Item>();
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: from }));
      for (const item of (page.Items ?? []) as Item[]) found.set(`${item.pk} ${item.sk}`, item);
      from = page.LastEvaluatedKey;
    } while (from);
    return found;
  };
  return { table: dynamoTable(client, tableName, { now: () => startedAt }), items };
};
