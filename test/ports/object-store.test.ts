import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import { memoryObjectStore } from '../../functions/adapters/objects/memory-object-store.ts';
import { s3ObjectStore } from '../../functions/adapters/objects/s3-object-store.ts';
import { startObjectServer } from '../../lib/local/engines/objects/object-server.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array | undefined): string => new TextDecoder().decode(body);
const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};
async function* parts(count: number, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < count; part += 1) yield new Uint8Array(sizeBytes).fill(part);
}

const promises = (open: () => ObjectStore): void => {
  test('what was put is there, whole and in part, with its size', async () => {
    const store = open();
    const put = await store.put('a/b c+d.txt', bytes('0123456789'), { contentType: 'text/plain' });
    expect(put).toMatchObject({ key: 'a/b c+d.txt', sizeBytes: 10 });
    expect(await store.facts('a/b c+d.txt')).toEqual(put);
    expect(text((await store.get('a/b c+d.txt'))?.body)).toBe('0123456789');
    expect(text((await store.get('a/b c+d.txt', { first: 2, last: 4 }))?.body)).toBe('234');
    const read = await store.read('a/b c+d.txt', { first: 8, last: 9 });
    expect(read && text(Buffer.concat(await all(read)))).toBe('89');
  });

  test('what is not there is told as absent', async () => {
    const store = open();
    expect(await store.facts('none')).toBeUndefined();
    expect(await store.get('none')).toBeUndefined();
    expect(await store.read('none')).toBeUndefined();
    await store.delete(['none']);
  });

  test('an object is not replaced where that is forbidden, and its entity tag changes where it is', async () => {
    const store = open();
    const first = await store.put('once', bytes('first'), { onlyIfAbsent: true });
    await expect(store.put('once', bytes('second'), { onlyIfAbsent: true })).rejects.toThrow('exists already');
    expect(text((await store.get('once'))?.body)).toBe('first');
    const second = await store.put('once', bytes('second'));
    expect(second.etag).not.toBe(first.etag);
  });

  test('what comes in parts, even of many megabytes, is one object', async () => {
    const store = open();
    const written = await store.write('large', parts(13, 1_000_003));
    expect(written.sizeBytes).toBe(13_000_039);
    expect(await store.facts('large')).toEqual(written);
    const last = await store.get('large', { first: 12_999_000, last: 13_000_038 });
    expect(last?.body.every(byte => byte === 12)).toBe(true);
  });

  test('a write whose source fails leaves nothing', async () => {
    const store = open();
    const failing = async function* () {
      yield bytes('half');
      throw new Error('the source broke');
    };
    await expect(store.write('half', failing())).rejects.toThrow('the source broke');
    expect(await store.facts('half')).toBeUndefined();
  });

  test('keys are listed in their order below a prefix, on from a key, and gone when deleted', async () => {
    const store = open();
    for (const key of ['p/2', 'p/1', 'p/10', 'q/1']) await store.put(key, bytes(key));
    expect((await all(store.list('p/'))).map(({ key }) => key)).toEqual(['p/1', 'p/10', 'p/2']);
    expect((await all(store.list('p/', 'p/1'))).map(({ key }) => key)).toEqual(['p/10', 'p/2']);
    await store.delete(['p/1', 'p/2']);
    expect((await all(store.list('p/'))).map(({ key }) => key)).toEqual(['p/10']);
  });

  test('a list goes on past a thousand keys', async () => {
    const store = open();
    const keys = Array.from({ length: 1100 }, (_, n) => `many/${String(n).padStart(4, '0')}`);
    await Promise.all(keys.map(key => store.put(key, bytes(''))));
    expect((await all(store.list('many/'))).map(({ key }) => key)).toEqual(keys);
    await store.delete(keys);
    expect(await all(store.list('many/'))).toEqual([]);
  });
};

describe('objects in memory', () => promises(memoryObjectStore));

describe('objects in S3', () => {
  let server: Awaited<ReturnType<typeof startObjectServer>>;
  let client: S3Client;

  beforeAll(async () => {
    const stateDirectory = mkdtempSync(join(tmpdir(), 'cdp-objects-'));
    server = await startObjectServer({ stateDirectory, ports: {}, region: 'eu-test-1', accountId: '000000000000' }, 0);
    client = new S3Client({
      endpoint: `http://127.0.0.1:${server.port}`,
      region: 'eu-test-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      forcePathStyle: true,
    });
    await client.send(new CreateBucketCommand({ Bucket: 'shop' }));
  });

  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  promises(() => s3ObjectStore(client, 'shop'));

  test('whoever has an address may upload or download that one object until it expires', async () => {
    const store = s3ObjectStore(client, 'shop');
    const key = `uploads/${randomUUID()}.csv`;
    const put = await fetch(await store.uploadUrl(key, 60), { method: 'PUT', body: 'email\nann@example.com\n' });
    expect(put.status).toBe(200);
    const got = await fetch(await store.downloadUrl(key, 60, 'people of May.csv'));
    expect(await got.text()).toBe('email\nann@example.com\n');
    expect(got.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''people%20of%20May.csv");
    const expired = new URL(await store.downloadUrl(key, 60, 'x'));
    expired.searchParams.set('X-Amz-Date', '20200101T000000Z');
    expect((await fetch(expired)).status).toBe(403);
  });
});
