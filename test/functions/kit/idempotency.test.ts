import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { sharedDynamoDb } from '../../fixtures/dynamodb.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform({ dynamodb: await sharedDynamoDb() });
});

const create = (key: string, body: object, request = {}) =>
  platform.call('createProfile', { body, headers: { 'idempotency-key': key }, ...request });

test('the same request under the same key is answered the same, status and headers included, and happens once', async () => {
  const [key, customerId] = [randomUUID(), randomUUID()];
  const first = await create(key, { customerId });
  const second = await create(key, { customerId });
  expect(first.status).toBe(201);
  expect([second.status, second.headers.etag, second.data]).toEqual([201, first.headers.etag, first.data]);
});

test('a changed body under the same key is 422', async () => {
  const key = randomUUID();
  await create(key, { customerId: randomUUID() });
  const { status, error } = await create(key, { customerId: randomUUID() });
  expect(status).toBe(422);
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: 'headers.idempotency-key' }] });
});

test('while the first is being answered the second is 409, and later gets its answer', async () => {
  const key = randomUUID();
  const body = { customerId: randomUUID() };
  const { profiles } = platform.services;
  const { commit } = profiles;
  let release: () => void = () => undefined;
  const reached = new Promise<void>(resolve => {
    profiles.commit = async change => {
      resolve();
      await new Promise<void>(go => {
        release = go;
      });
      return commit(change);
    };
  });
  const first = create(key, body);
  await reached;
  const meanwhile = await create(key, body);
  expect([meanwhile.status, meanwhile.error.code]).toEqual([409, 'CONFLICT']);
  profiles.commit = commit;
  release();
  const { data } = await first;
  expect((await create(key, body)).data).toEqual(data);
});

test('a refusal is not kept: the same request may succeed later', async () => {
  const [key, customerId] = [randomUUID(), randomUUID()];
  const other = await platform.call('createProfile', { body: { customerId } });
  const refused = await create(key, { customerId });
  expect(refused.status).toBe(409);
  expect(refused.error.existingProfileId).toBe(other.data.id);
  await platform.call('detachIdentity', { params: { id: other.data.id, type: 'customerId', value: customerId } });
  expect((await create(key, { customerId })).status).toBe(201);
});

test('keys of different callers do not meet', async () => {
  const key = randomUUID();
  const own = await create(key, { customerId: randomUUID() });
  const theirs = await create(key, { customerId: randomUUID() }, { key: platform.keys.marketer });
  expect(theirs.status).toBe(201);
  expect(theirs.data.id).not.toBe(own.data.id);
});

test.each(['', 'with blank', 'ü', 'x'.repeat(201)])('a key that is no key is refused (%s)', async key => {
  const { status, error } = await create(key, { customerId: randomUUID() });
  expect([status, error.details[0]?.path]).toEqual([400, 'headers.idempotency-key']);
});
