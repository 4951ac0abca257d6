import { type AttributeValue, DeleteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { booleanOf, listOf, mapOf, textOf } from '../assembly/template.ts';
import type { Log } from '../log.ts';
import { pause } from '../pause.ts';

/** Items looked at in one go, and the rest between two of them: a table of 100,000 items takes a quarter of an hour. */
const pageSize = 250;
const restMilliseconds = 2000;

type Key = Record<string, AttributeValue>;

const keyNames = ({ properties }: DeclaredResource): string[] =>
  listOf(properties.KeySchema).map(key => String(mapOf(key).AttributeName));

const ttlAttribute = ({ properties }: DeclaredResource): string | undefined => {
  const declared = mapOf(properties.TimeToLiveSpecification);
  return booleanOf(declared.Enabled) ? textOf(declared.AttributeName) : undefined;
};

/** What an expression needs: the attribute may have any name, and the time is in seconds. */
const expired = (attribute: string) => ({
  condition: '#ttl < :now',
  names: { '#ttl': attribute },
  values: { ':now': { N: String(Math.floor(Date.now() / 1000)) } },
});

/** Removes the items of one page whose time has passed; answers where the next page begins. */
const sweepPage = async (
  client: DynamoDBClient,
  table: DeclaredResource,
  attribute: string,
  start: Key | undefined,
): Promise<Key | undefined> => {
  const keys = keyNames(table);
  const { condition, names, values } = expired(attribute);
  const { Items = [], LastEvaluatedKey } = await client.send(
    new ScanCommand({
      TableName: table.name,
      Limit: pageSize,
      ExclusiveStartKey: start,
      FilterExpression: condition,
      ProjectionExpression: keys.map((_name, index) => `#k${index}`).join(', '),
      ExpressionAttributeNames: { ...names, ...Object.fromEntries(keys.map((name, index) => [`#k${index}`, name])) },
      ExpressionAttributeValues: values,
    }),
  );
  for (const item of Items)
    await client
      .send(
        new DeleteItemCommand({
          TableName: table.name,
          Key: Object.fromEntries(keys.flatMap(name => (item[name] ? [[name, item[name]]] : []))),
          ConditionExpression: condition,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        }),
      )
      .catch((error: unknown) => {
        // Somebody gave the item more time, or removed it, since the page was read.
        if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
      });
  return LastEvaluatedKey;
};

const sweep = async (
  client: DynamoDBClient,
  table: DeclaredResource,
  attribute: string,
  log: Log,
  signal: AbortSignal,
): Promise<void> => {
  let start: Key | undefined;
  while (!signal.aborted) {
    await pause(restMilliseconds, signal);
    if (signal.aborted) return;
    try {
      start = await sweepPage(client, table, attribute, start);
    } catch (error) {
      if (!signal.aborted) log(`Time to live of ${table.name}: ${String(error)}`);
    }
  }
};

/**
 * Deletes items whose time to live has passed, which the engine does not do by itself: one small page at a time, over
 * and over. As in the cloud an item may live on for a while, so readers check its time themselves. Answers how to stop.
 */
export const startTimeToLive = (system: System, client: DynamoDBClient, log: Log): (() => Promise<void>) => {
  const abort = new AbortController();
  const sweeps = system.ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').flatMap(table => {
    const attribute = ttlAttribute(table);
    return attribute === undefined ? [] : [sweep(client, table, attribute, log, abort.signal)];
  });
  return async () => {
    abort.abort();
    await Promise.all(sweeps);
  };
};
