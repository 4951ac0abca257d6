import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  const body = { email: 'jane@example.com', customerId: 'C-1', externalIds: { deviceIds: ['device-1'] } };
  id = (await platform.call('createProfile', { body, query: { source: 'crm' } })).data.id;
  platform.clock.advance(60_000);
});

const list = async () => (await platform.call('listIdentities', { params: { id } })).data.items;
const attach = (type: string, value: string, to = id) =>
  platform.call('attachIdentity', { params: { id: to }, body: { type, value } });
const detach = (type: string, value: string, from = id) =>
  platform.call('detachIdentity', { params: { id: from, type, value } });
const lookUp = async (type: string, value: string) =>
  (await platform.call('lookupProfile', { query: { type, value } })).status;

test('each with who told of it, when it was first seen and when last', async () => {
  const event = { type: 'page_view', deviceId: 'device-1', timestamp: '2026-02-15T12:00:30.000Z' };
  await platform.call('trackEvent', { body: event });
  await platform.foldEvents();
  const since = '2026-02-15T12:00:00.000Z';
  const known = { firstSeenAt: since, lastSeenAt: since, source: 'crm', confidence: 100 };
  expect(await list()).toEqual([
    { type: 'email', value: 'jane@example.com', ...known },
    { type: 'customerId', value: 'C-1', ...known },
    { type: 'deviceId', value: 'device-1', ...known, lastSeenAt: '2026-02-15T12:00:30.000Z' },
  ]);
});

test('an identifier that is attached finds the profile, once and again', async () => {
  const first = await attach('custom:crm', '77');
  expect([first.status, first.data]).toMatchObject([201, { type: 'custom:crm', value: '77', source: 'api' }]);
  expect(await lookUp('custom:crm', '77')).toBe(200);
  expect((await attach('custom:crm', '77')).status).toBe(201);
  expect(await list()).toHaveLength(4);
});

test('one that another profile has is a conflict that names it', async () => {
  const other = (await platform.call('createProfile', { body: { email: 'john@example.com' } })).data.id;
  const answer = await attach('email', 'JOHN@example.com');
  expect([answer.status, answer.error.existingProfileId]).toEqual([409, other]);
  expect(await list()).toHaveLength(3);
});

test('one that is detached is free, stays in the history, and takes nothing else along', async () => {
  expect((await detach('email', 'Jane@Example.com')).status).toBe(204);
  expect(await lookUp('email', 'jane@example.com')).toBe(404);
  expect((await list()).map(({ type }) => type)).toEqual(['customerId', 'deviceId']);
  const { data } = await platform.call('getProfile', { params: { id } });
  expect([data.externalIds.email, data.attributes.email]).toEqual([undefined, 'jane@example.com']);
  const { items } = (await platform.call('getHistory', { params: { id }, query: { field: 'identifiers.email' } })).data;
  expect(items.map(entry => [entry.old, entry.new])).toEqual([
    ['jane@example.com', undefined],
    [undefined, 'jane@example.com'],
  ]);
  const other = (await platform.call('createProfile', { body: {} })).data.id;
  expect((await attach('email', 'jane@example.com', other)).status).toBe(201);
});

test('an event that comes by what was detached finds somebody else', async () => {
  await detach('deviceId', 'device-1');
  await platform.call('trackEvent', { body: { type: 'page_view', deviceId: 'device-1' } });
  await platform.foldEvents();
  const { data } = await platform.call('lookupProfile', { query: { type: 'deviceId', value: 'device-1' } });
  expect(data.id).not.toBe(id);
});

test('what a profile is not known by cannot be detached, and is not on record', async () => {
  const answer = await detach('email', 'nobody@example.com');
  expect([answer.status, answer.text.includes('nobody@')]).toEqual([404, false]);
  await detach('customerId', 'C-1');
  const pages = await Promise.all(
    Array.from({ length: 16 }, (_, n) => platform.table.query({ pk: `AUDIT#2026-02-15#${n}` })),
  );
  const entries = pages.flatMap(({ items }) => items).filter(item => JSON.stringify(item).includes('detachIdentity'));
  expect(entries.map(item => /C-1|nobody@/.test(JSON.stringify(item)))).toEqual([false, false]);
});

test.each([
  ['email', 'no address'],
  ['deviceId', 'null'],
])('%s %s, which identifies nobody, is refused', async (type, value) => {
  const answer = await attach(type, value);
  expect([answer.status, answer.error.details[0]?.path]).toEqual([422, 'body.value']);
});

test('of a profile that is not there nothing is told', async () => {
  for (const call of ['listIdentities', 'getHistory'] as const)
    expect((await platform.call(call, { params: { id: 'profile-none' } })).status).toBe(404);
  expect((await attach('customerId', 'C-9', 'profile-none')).status).toBe(404);
  expect((await detach('customerId', 'C-9', 'profile-none')).status).toBe(404);
});
