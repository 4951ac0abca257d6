import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { Item, Key, Write } from '../../../core/ports/table.ts';
import type { Patience } from './back-off.ts';
import { chunksOf } from './chunks-of.ts';
import { inLanes } from './in-lanes.ts';
import { keyId } from './key-id.ts';
import { keyOf } from './key-of.ts';

export type Unconditional = Extract<Write, { kind: 'put' }> | Extract<Write, { kind: 'delete' }>;

const getsMax = 100;
const writesMax = 25;
const lanes = 8;

/** The last write of every key: one batch may name a key only once, and the last of two writes is what stays. */
const lastOfEach = <Element>(list: Element[], key: (element: Element) => Key): Element[] => [
  ...new Map(list.map(element => [keyId(key(element)), element])).values(),
];

/** Sends until nothing is left over. A throttled table leaves over; attempts without any progress are bounded. */
const sendAll = async <Request>(
  requests: Request[],
  patience: Patience,
  send: (requests: Request[]) => Promise<Request[]>,
): Promise<void> => {
  let open = requests;
  for (let attempt = 0; open.length > 0; attempt += 1) {
    const left = await send(open);
    const progress = left.length < open.length;
    if (progress) attempt = -1;
    else if (attempt + 1 >= patience.attemptsMax)
      throw new Error(
        `table: throttled; ${left.length} requests of a batch were still open after ${attempt + 1} attempts`,
      );
    if (left.length > 0) await patience.pause(Math.max(attempt, 0));
    open = left;
  }
};

/** Reads any number of keys, 100 at a time. */
export const batchGet = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: Key[],
  consistent: boolean,
  patience: Patience,
): Promise<Item[]> => {
  const items: Item[] = [];
  const send = async (Keys: Key[]): Promise<Key[]> => {
    const input: BatchGetCommandInput = { RequestItems: { [tableName]: { Keys, ConsistentRead: consistent } } };
    const answer = await client.send(new BatchGetCommand(input));
    items.push(...((answer.Responses?.[tableName] ?? []) as Item[]));
    return (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
  };
  const wanted = lastOfEach(
    keys.map(({ pk, sk }) => ({ pk, sk })),
    key => key,
  );
  await inLanes(chunksOf(wanted, getsMax), lanes, chunk => sendAll(chunk, patience, send));
  return items;
};

type Request = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

const requestOf = (write: Unconditional): Request =>
  write.kind === 'put' ? { PutRequest: { Item: write.item } } : { DeleteRequest: { Key: write.key } };

/** Writes any number of puts and deletes, 25 at a time; of several writes of one key the last one stays. */
export const batchWrite = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  writes: Unconditional[],
  patience: Patience,
): Promise<void> => {
  const send = async (requests: Request[]): Promise<Request[]> => {
    const answer = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    return answer.UnprocessedItems?.[tableName] ?? [];
  };
  const chunks = chunksOf(lastOfEach(writes, keyOf).map(requestOf), writesMax);
  await inLanes(chunks, lanes, chunk => sendAll(chunk, patience, send));
};
