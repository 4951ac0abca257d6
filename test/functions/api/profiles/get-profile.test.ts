import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: { email: 'a@example.com' } })).data.id;
});

const read = (name = id) => platform.call('getProfile', { params: { id: name } });

const mergeInto = (from: string, into: string) =>
  platform.table.write({
    kind: 'update',
    key: { pk: `P#${from}`, sk: 'H' },
    set: { 'h.life': 'merged', 'h.mergedInto': into },
  });

test('the ETag names the state: it stays while nothing changes and moves with every change', async () => {
  const [first, again] = [await read(), await read()];
  expect(first.headers.etag).toMatch(/^"\S+"$/);
  expect(again.headers.etag).toBe(first.headers.etag);
  await platform.call('trackEvent', { body: { profileId: id, type: 'page_view' } });
  await platform.foldEvents();
  expect((await read()).headers.etag).not.toBe(first.headers.etag);
});

test('a merged id is answered by the survivor, over several merges, and says where it stands', async () => {
  const second = await platform.call('createProfile', { body: {} });
  const third = await platform.call('createProfile', { body: { firstName: 'Survivor' } });
  await mergeInto(id, second.data.id);
  await mergeInto(second.data.id, third.data.id);
  const answer = await read();
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual(third.data);
  expect(answer.headers['content-location']).toBe(`/api/cdp/profiles/${third.data.id}`);
  expect((await read(third.data.id)).headers).not.toHaveProperty('content-location');
});

test('merges that lead round in a circle are nobody, and end', async () => {
  const second = await platform.call('createProfile', { body: {} });
  await mergeInto(id, second.data.id);
  await mergeInto(second.data.id, id);
  expect((await read()).status).toBe(404);
});

test('segments are those that the profile is in now', async () => {
  const at = '2026-02-15T12:00:00.000Z';
  const membership = { profileId: id, enteredAt: at, profileVersion: 1, segmentVersion: 1 };
  const { memberships } = platform.services;
  await memberships.decide({ ...membership, segmentId: 'segment-in', member: true }, undefined);
  await memberships.decide({ ...membership, segmentId: 'segment-left', member: false, exitedAt: at }, undefined);
  expect((await read()).data.segments).toEqual(['segment-in']);
});

test('an erased profile is not found', async () => {
  await platform.call('deleteProfile', { params: { id } });
  const { status, error } = await read();
  expect([status, error.code]).toEqual([404, 'NOT_FOUND']);
});

test('a read is on record before it is answered: who, what, whom, which classes, and no value', async () => {
  platform.changes.length = 0;
  await read();
  const entries = platform.changes.map(({ after }) => after).filter(item => item?.pk.startsWith('AUDIT#'));
  expect(entries).toHaveLength(1);
  expect(JSON.parse(String(entries[0]?.e))).toMatchObject({
    action: 'getProfile',
    actor: expect.stringMatching(/^key-/),
    subjects: [id],
    fieldClasses: expect.arrayContaining(['identifier', 'contact', 'sensitive', 'behavioural']),
    status: 200,
  });
  expect(JSON.stringify(entries)).not.toContain('a@example.com');
});
