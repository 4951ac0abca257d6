import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
const body = { email: 'a@example.com', firstName: 'Ada', externalIds: { deviceIds: ['device-1'] } };
beforeEach(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body })).data.id;
});

const erase = (name = id) => platform.call('deleteProfile', { params: { id: name }, query: { reason: 'asked' } });

test('a tombstone takes its place and its identifiers are free, in one step', async () => {
  platform.changes.length = 0;
  const { status, data } = await erase();
  expect(status).toBe(200);
  expect(data).toEqual({ id, deleted: true, requestId: expect.stringMatching(/^request-/) });
  const touched = platform.changes.filter(({ before }) => before !== undefined).map(({ before }) => before?.pk);
  expect(touched.filter(pk => !pk?.startsWith('AUDIT#')).sort()).toEqual([
    'I#deviceId#device-1',
    'I#email#a@example.com',
    `P#${id}`,
    `P#${id}`,
  ]);
  const state = await platform.services.profiles.get(id);
  expect(state?.head.life).toBe('erased');
  expect(JSON.stringify(state)).not.toMatch(/Ada|a@example/);
});

test('what named it is not taken any more, and says how to lift that', async () => {
  await erase();
  const { status, error } = await platform.call('createProfile', { body: { email: 'A@example.com' } });
  expect([status, error.code]).toEqual([409, 'CONFLICT']);
  expect(error.message).toContain('unsuppress');
});

test('where it may come back the same identifiers begin a new profile, which has nothing of the old one', async () => {
  const body = { suppress: false };
  expect((await platform.call('eraseProfileData', { params: { profileId: id }, body })).status).toBe(202);
  const { status, data } = await platform.call('createProfile', { body: { email: 'a@example.com' } });
  expect(status).toBe(201);
  expect(data.id).not.toBe(id);
  expect(data.attributes).not.toHaveProperty('firstName');
});

test('events under its id are refused, not kept', async () => {
  await platform.call('trackEvent', { body: { profileId: id, type: 'page_view' } });
  await erase();
  await platform.foldEvents();
  expect((await platform.services.profiles.get(id))?.head.life).toBe('erased');
  expect((await platform.call('getTimeline', { params: { id } })).status).toBe(404);
});

test('a merged id erases the person that it stands for', async () => {
  const survivor = await platform.call('createProfile', { body: {} });
  await platform.table.write({
    kind: 'update',
    key: { pk: `P#${id}`, sk: 'H' },
    set: { 'h.life': 'merged', 'h.mergedInto': survivor.data.id },
  });
  expect((await erase()).data.id).toBe(survivor.data.id);
  expect((await platform.call('getProfile', { params: { id } })).status).toBe(404);
});

test('a second time there is nobody', async () => {
  await erase();
  const { status, error } = await erase();
  expect([status, error.code]).toEqual([404, 'NOT_FOUND']);
});

test('it happens while others write, too', async () => {
  const writes = Array.from({ length: 20 }, (_, n) =>
    platform.call('updateProfile', { params: { id }, body: { attributes: { city: `City ${n}` } } }),
  );
  const [erased] = await Promise.all([erase(), ...writes]);
  expect(erased.status).toBe(200);
  expect((await platform.services.profiles.get(id))?.head.life).toBe('erased');
});

test('it needs the scope privacy', async () => {
  const { status } = await platform.call('deleteProfile', { params: { id }, key: platform.keys.marketer });
  expect(status).toBe(403);
});
