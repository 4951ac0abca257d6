import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startObjectServer } from '../../../../../lib/local/engines/objects/object-server.ts';

const Bucket = 'shop';
const order = {
  stateDirectory: mkdtempSync(join(tmpdir(), 'cdp-objects-')),
  ports: {},
  region: 'eu-test-1',
  accountId: '000000000000',
};

let server: Awaited<ReturnType<typeof startObjectServer>>;
let client: S3Client;

const open = async (): Promise<void> => {
  server = await startObjectServer(order, 0);
  client = new S3Client({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'eu-test-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
    maxAttempts: 1,
  });
};

const close = async (): Promise<void> => {
  client.destroy();
  await server.stop();
};

beforeAll(async () => {
  await open();
  await client.send(new CreateBucketCommand({ Bucket }));
});
afterAll(close);

const put = (Key: string, Body: string, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

const text = async (Key: string, more: Partial<GetObjectCommandInput> = {}): Promise<string | undefined> =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

const refusal = async (sent: Promise<unknown>): Promise<[string, number | undefined]> => {
  const failure = await sent.then(
    () => new Error('it was accepted'),
    (error: Error) => error,
  );
  return [failure.name, (failure as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode];
};

test('what was put is read back with its type and its metadata', async () => {
  await put('a/é b', 'content', { ContentType: 'text/x', Metadata: { who: 'me' } });
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a/é b' }));
  expect(head).toMatchObject({ ContentLength: 7, ContentType: 'text/x', Metadata: { who: 'me' } });
  expect(await text('a/é b')).toBe('content');
});

test.each([
  ['bytes=2-4', '234'],
  ['bytes=7-', '789'],
  ['bytes=-2', '89'],
  ['bytes=8-99', '89'],
])('the range %s is read', async (Range, expected) => {
  await put('digits', '0123456789');
  expect(await text('digits', { Range })).toBe(expected);
});

test('a range behind the end is refused', async () => {
  await put('digits', '0123456789');
  expect(await refusal(text('digits', { Range: 'bytes=10-' }))).toEqual(['InvalidRange', 416]);
});

test('what does not exist is told by its code', async () => {
  expect(await refusal(text('nothing'))).toEqual(['NoSuchKey', 404]);
  expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: 'nowhere' })))).toEqual(['NoSuchBucket', 404]);
});

describe('conditions', () => {
  test('If-None-Match: * writes only what is not there', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });
    expect(await refusal(put('once', 'second', { IfNoneMatch: '*' }))).toEqual(['PreconditionFailed', 412]);
    expect(await text('once')).toBe('first');
  });

  test('of many that write at once one wins', async () => {
    const writes = Array.from({ length: 20 }, (_one, index) => put('race', String(index), { IfNoneMatch: '*' }));
    const results = await Promise.allSettled(writes);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('If-Match writes only over what was read', async () => {
    const { ETag } = await put('versioned', 'first');
    await put('versioned', 'second', { IfMatch: ETag });
    expect(await refusal(put('versioned', 'third', { IfMatch: ETag }))).toEqual(['PreconditionFailed', 412]);
    expect(await text('versioned')).toBe('second');
  });

  test('If-None-Match spares a reader what it has', async () => {
    const { ETag } = await put('cached', 'content');
    expect((await refusal(text('cached', { IfNoneMatch: ETag })))[1]).toBe(304);
  });
});

test('an upload in parts becomes one object, in the order of its parts', async () => {
  const Key = 'large';
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/x' }));
  const part = async (PartNumber: number, Body: string) => {
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const second = await part(2, 'second');
  const first = await part(1, 'first ');
  const Parts = [first, second];
  const { ETag } = await client.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
  );
  expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  expect(await text(Key)).toBe('first second');
  expect(await refusal(part(3, 'late'))).toEqual(['NoSuchUpload', 404]);
});

test('a listing goes page by page in the order of the keys and rolls up prefixes', async () => {
  for (const key of ['list/b', 'list/a', 'list/sub/1', 'list/sub/2', 'list/z']) await put(key, key);
  const first = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', MaxKeys: 3 }));
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(['list/a', 'list/b']);
  expect(first.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['list/sub/']);
  const second = await client.send(
    new ListObjectsV2Command({
      Bucket,
      Prefix: 'list/',
      Delimiter: '/',
      ContinuationToken: first.NextContinuationToken,
    }),
  );
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['list/z']);
});

test('several objects are deleted at once, and one is copied', async () => {
  for (const key of ['gone/1', 'gone/2']) await put(key, key);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'kept', CopySource: `${Bucket}/gone/1` }));
  const Objects = ['gone/1', 'gone/2'].map(Key => ({ Key }));
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect((await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'gone/' }))).KeyCount).toBe(0);
  expect(await text('kept')).toBe('gone/1');
});

test.each([
  ['before its time has passed', 30, 200],
  ['after it', 90, 403],
])('a presigned address is read %s', async (_name, ageSeconds, status) => {
  await put('signed', 'content');
  const date = new Date(Date.now() - ageSeconds * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  const query = `X-Amz-Date=${date}&X-Amz-Expires=60&X-Amz-Signature=any`;
  const response = await fetch(`http://127.0.0.1:${server.port}/${Bucket}/signed?${query}`);
  expect(response.status).toBe(status);
});

test('objects are there after a restart', async () => {
  await put('lasting', 'content', { Metadata: { who: 'me' } });
  await close();
  await open();
  expect(await text('lasting')).toBe('content');
});
