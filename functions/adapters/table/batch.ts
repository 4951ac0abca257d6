import {
  BatchGetCommand,
  type BatchGetCommandInput,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { Item, Key, Write } from '../../../core/ports/table.ts';
import type { Patience } from './back-off.ts';
import { chunksOf } from './chunks-of.ts';
import { keyId } from './key-id.ts';
import { keyOf } from './key-of.ts';
import { sendAll } from './send-all.ts';
import { writeLanes } from './write-lanes.ts';

export type Unconditional = Extract<Write, { kind: 'put' }> | Extract<Write, { kind: 'delete' }>;

const getsMax = 100;
const writesMax = 25;
const getLanes = 8;

/** The last write of every key: one batch may name a key only once, and the last of two writes is what stays. */
const lastOfEach = <Element>(list: Element[], key: (element: Element) => Key): Element[] => [
  ...new Map(list.map(element => [keyId(key(element)), element])).values(),
];

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
  await inLanes(chunksOf(wanted, getsMax), getLanes, chunk => sendAll(chunk, patience, send));
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
  await inLanes(chunks, writeLanes, chunk => sendAll(chunk, patience, send));
};
