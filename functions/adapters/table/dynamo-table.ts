import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import {
  ConditionRefused,
  type Item,
  type Page,
  type Query,
  type Table,
  TransactionRefused,
  type Write,
} from '../../../core/ports/table.ts';
import { jitteredPatience, type Patience, withPatience } from './back-off.ts';
import { batchGet, batchWrite } from './batch.ts';
import { batchStatements } from './batch-statements.ts';
import { checkEach, checkTransaction, checkWrite } from './check-write.ts';
import { cursorAfter, type Position, positionOf } from './cursor.ts';
import { isExpired } from './is-expired.ts';
import { countInput, queryInput } from './query-input.ts';
import { checkQuery, isEmptyRange } from './query-range.ts';
import { isContention, transactWrite } from './transaction.ts';
import { deleteInput, putInput, updateInput } from './write-input.ts';

export interface DynamoTableOptions {
  /** Epoch milliseconds; decides which items have expired. */
  now?: () => number;
  patience?: Patience;
}

/**
 * The table in DynamoDB (or in an engine that speaks its protocol).
 *
 * A *single conditional* write whose answer is lost is sent again by the SDK, and may then be refused by its own
 * first try: `ConditionRefused` says that the condition does not hold now, not that this call wrote nothing. Who must
 * know reads the item again and looks for its own mark. A transaction does not have this gap: it carries a token.
 *
 * Conditions see an expired item until it is deleted. The list index holds keys only and shows expired items, too;
 * `get` and `getMany` by those keys leave them out.
 */
export const dynamoTable = (
  client: DynamoDBDocumentClient,
  tableName: string,
  { now = Date.now, patience = jitteredPatience }: DynamoTableOptions = {},
): Table => {
  const alive = (item: Item): boolean => !isExpired(item, now());

  const send = async (write: Exclude<Write, { kind: 'check' }>): Promise<unknown> => {
    switch (write.kind) {
      case 'put':
        return client.send(new PutCommand(putInput(tableName, write)));
      case 'update':
        return client.send(new UpdateCommand(updateInput(tableName, write)));
      case 'delete':
        return client.send(new DeleteCommand(deleteInput(tableName, write)));
    }
  };

  /** DynamoDB checks in transactions only. */
  const sendAlone = (write: Write): Promise<unknown> =>
    write.kind === 'check'
      ? transactWrite(client, tableName, [write], patience)
      : withPatience(patience, isContention, () => send(write));

  const onePage = async (query: Query): Promise<Page> => {
    const answer = await client.send(new QueryCommand(queryInput(tableName, query)));
    const items = ((answer.Items ?? []) as Item[]).filter(alive);
    const last = answer.LastEvaluatedKey as Item | undefined;
    return last ? { items, next: cursorAfter(query, last) } : { items };
  };

  /** Reads one more than asked for, so that `next` is there only when something follows, and fills up for expired ones. */
  const limitedPage = async (query: Query, limit: number): Promise<Page> => {
    const found: Item[] = [];
    let position = positionOf(query);
    do {
      const answer = await client.send(
        new QueryCommand(queryInput(tableName, query, limit + 1 - found.length, position)),
      );
      found.push(...((answer.Items ?? []) as Item[]).filter(alive));
      position = answer.LastEvaluatedKey as Position | undefined;
    } while (position !== undefined && found.length <= limit);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return last && found.length > limit ? { items, next: cursorAfter(query, last) } : { items };
  };

  return {
    get: async ({ pk, sk }, consistent = false) => {
      const answer = await client.send(
        new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: consistent }),
      );
      const item = answer.Item as Item | undefined;
      return item && alive(item) ? item : undefined;
    },

    getMany: async (keys, consistent = false) =>
      (await batchGet(client, tableName, keys, consistent, patience)).filter(alive),

    query: async query => {
      checkQuery(query);
      if (isEmptyRange(query)) return { items: [] };
      return query.limit === undefined ? onePage(query) : limitedPage(query, query.limit);
    },

    count: async query => {
      checkQuery(query);
      if (isEmptyRange(query)) return 0;
      let position = positionOf(query);
      let total = 0;
      do {
        const input = countInput(tableName, query, Math.floor(now() / 1000), position);
        const answer = await client.send(new QueryCommand(input));
        total += answer.Count ?? 0;
        position = answer.LastEvaluatedKey as Position | undefined;
      } while (position !== undefined);
      return total;
    },

    write: async write => {
      checkWrite(write);
      try {
        await sendAlone(write);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException || error instanceof TransactionRefused)
          throw new ConditionRefused(`the condition of a ${write.kind} does not hold`, { cause: error });
        throw error;
      }
    },

    transact: async writes => {
      checkTransaction(writes);
      await transactWrite(client, tableName, writes, patience);
    },

    writeMany: async writes => {
      for (const write of writes) checkWrite(write);
      await batchWrite(client, tableName, writes, patience);
    },

    writeEach: async writes => {
      checkEach(writes);
      return batchStatements(client, tableName, writes, patience);
    },
  };
};
