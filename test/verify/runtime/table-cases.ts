import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tableName } from './probe-app.ts';
import { holds, type ProbeCase, same } from './probe-case.ts';
import { type ProbeEntry, until } from './probe-logs.ts';

interface Change {
  eventName: string;
  eventSourceARN: string;
  dynamodb: {
    SequenceNumber: string;
    StreamViewType: string;
    NewImage?: Record<string, unknown>;
    OldImage?: Record<string, unknown>;
  };
}

const changesOf = (entries: readonly ProbeEntry[], id: string): Change[] =>
  entries.flatMap(({ ids, changes = [] }) => (changes as Change[]).filter((_change, index) => ids[index] === id));

const stream: ProbeCase = {
  name: 'table: its stream tells every change with both images, in order',
  run: async ({ runtime }) => {
    const { dynamodb } = runtime.clients;
    const Key = { pk: { S: 'person' } };
    const bytes = new Uint8Array([1, 2, 3]);
    await dynamodb.send(
      new PutItemCommand({
        TableName: tableName,
        Item: { ...Key, n: { N: '1' }, b: { B: bytes }, l: { L: [{ B: bytes }] } },
      }),
    );
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key,
        UpdateExpression: 'SET n = :two REMOVE b, l',
        ExpressionAttributeValues: { ':two': { N: '2' } },
      }),
    );
    await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key }));
    const entries = await runtime.logs.when('table', 'three changes', all => changesOf(all, 'person').length === 3);
    const changes = changesOf(entries, 'person');
    same(
      'the events',
      changes.map(({ eventName }) => eventName),
      ['INSERT', 'MODIFY', 'REMOVE'],
    );
    const [insert, modify, remove] = changes.map(({ dynamodb: facts }) => facts);
    same('no old image of what is new', insert?.OldImage, undefined);
    same('binary as base64', [insert?.NewImage?.b, insert?.NewImage?.l], [{ B: 'AQID' }, { L: [{ B: 'AQID' }] }]);
    same('both images of a change', [modify?.OldImage?.n, modify?.NewImage?.n], [{ N: '1' }, { N: '2' }]);
    same('no new image of what is gone', [remove?.OldImage?.n, remove?.NewImage], [{ N: '2' }, undefined]);
    same('the view', insert?.StreamViewType, 'NEW_AND_OLD_IMAGES');
    const sequences = changes.map(({ dynamodb: { SequenceNumber } }) => BigInt(SequenceNumber));
    holds(
      'sequence numbers rise',
      sequences.every((one, index) => index === 0 || one > (sequences[index - 1] ?? one)),
      String(sequences),
    );
  },
};

const shard: ProbeCase = {
  name: 'table: a consumer with a tumbling window is told the shard',
  run: async ({ runtime }) => {
    await runtime.clients.dynamodb.send(new PutItemCommand({ TableName: tableName, Item: { pk: { S: 'window' } } }));
    const entries = await runtime.logs.when('tableWindow', 'the change', all => changesOf(all, 'window').length === 1);
    const shardId = entries.find(({ ids }) => ids.includes('window'))?.shardId;
    holds('a shard', typeof shardId === 'string' && shardId.length > 0, entries);
    await runtime.logs.when('tableWindow', 'a last invocation', all =>
      all.some(one => one.isFinalInvokeForWindow === true),
    );
    const withoutWindow = runtime.logs.begun('table').filter(entry => 'shardId' in entry);
    same('others are not', withoutWindow.length, 0);
  },
};

const timeToLive: ProbeCase = {
  name: 'table: an item is removed when its time to live has passed',
  run: async ({ runtime }) => {
    const { dynamodb } = runtime.clients;
    const seconds = Math.floor(Date.now() / 1000);
    const put = (pk: string, ttl: number) =>
      dynamodb.send(new PutItemCommand({ TableName: tableName, Item: { pk: { S: pk }, ttl: { N: String(ttl) } } }));
    await Promise.all([put('over', seconds - 5), put('lasting', seconds + 3600)]);
    const item = async (pk: string) =>
      (await dynamodb.send(new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk } } }))).Item;
    await until('the end of its time', async () => ((await item('over')) === undefined ? true : undefined));
    holds('the other one is there', (await item('lasting')) !== undefined, 'lasting');
  },
};

/** The table's stream and its time to live. */
export const tableCases: ProbeCase[] = [stream, shard, timeToLive];
