import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  type LocalSecondaryIndex,
  type StreamViewType,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import type { DeclaredResource } from '../assembly/system.ts';
import { type ExpressionMap, listOf, mapOf, textOf } from '../assembly/template.ts';

/** Capacity belongs to the cloud: an index here has none. */
const index = (declared: unknown): GlobalSecondaryIndex => {
  const { IndexName, KeySchema, Projection } = mapOf(declared) as unknown as GlobalSecondaryIndex;
  return { IndexName, KeySchema, Projection };
};

const tableNames = async (client: DynamoDBClient): Promise<string[]> => {
  const names: string[] = [];
  let start: string | undefined;
  do {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName: start }));
    names.push(...(page.TableNames ?? []));
    start = page.LastEvaluatedTableName;
  } while (start);
  return names;
};

/** Adds the indexes which the template has gained since the table was created. */
const addIndexes = async (client: DynamoDBClient, name: string, properties: ExpressionMap): Promise<void> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const present = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const Create of listOf(properties.GlobalSecondaryIndexes).map(index))
    if (!present.has(Create.IndexName))
      await client.send(
        new UpdateTableCommand({
          TableName: name,
          AttributeDefinitions: properties.AttributeDefinitions as AttributeDefinition[],
          GlobalSecondaryIndexUpdates: [{ Create }],
        }),
      );
};

/** Creates a table (`AWS::DynamoDB::Table` or `GlobalTable`) with its indexes and stream, unless it exists. */
export const createTable = async (
  client: DynamoDBClient,
  { name, properties }: DeclaredResource,
): Promise<{ created: boolean }> => {
  if ((await tableNames(client)).includes(name)) {
    await addIndexes(client, name, properties);
    return { created: false };
  }
  const indexes = listOf(properties.GlobalSecondaryIndexes).map(index);
  const localIndexes = listOf(properties.LocalSecondaryIndexes) as LocalSecondaryIndex[];
  const view = textOf(mapOf(properties.StreamSpecification).StreamViewType) as StreamViewType | undefined;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: properties.KeySchema as KeySchemaElement[],
      AttributeDefinitions: properties.AttributeDefinitions as AttributeDefinition[],
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
      ...(view && { StreamSpecification: { StreamEnabled: true, StreamViewType: view } }),
    }),
  );
  return { created: true };
};
