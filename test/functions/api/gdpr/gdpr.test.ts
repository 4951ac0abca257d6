import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { runRequest } from '../../../fixtures/run-request.ts';

const email = 'ada@example.com';
let platform: Platform;
let id: string;
beforeEach(async () => {
  platform = await openPlatform();
  id = (await platform.call('createProfile', { body: { email, firstName: 'Ada', consent: { email: true } } })).data.id;
});

const track = async (count: number): Promise<void> => {
  for (let first = 0; first < count; first += 500) {
    const events = Array.from({ length: Math.min(500, count - first) }, (_, n) => ({
      profileId: id,
      type: 'page_view',
      properties: { n: first + n },
    }));
    await platform.call('trackEvents', { body: { events } });
  }
  await platform.foldEvents();
};

const intake = (type: string, more: Record<string, unknown> = {}, key?: string) =>
  platform.call('createRequest', {
    ...(key === undefined ? {} : { key }),
    body: {
      subject_request_id: `asked ${type}`,
      subject_request_type: type,
      subject_identities: [{ identity_type: 'email', identity_value: 'Ada@Example.com', identity_format: 'raw' }],
      ...more,
    } as never,
  });

test('a package holds everything at once, and its manifest tells what', async () => {
  await track(3);
  const { status, data } = await platform.call('exportProfileData', { params: { profileId: id }, body: {} });
  expect(status).toBe(200);
  expect(data.profile).toMatchObject({ id, attributes: { firstName: 'Ada' } });
  expect(data.identifiers).toMatchObject([{ type: 'email', value: email }]);
  expect(data.consent.email).toBe(true);
  expect(data.consentHistory).toMatchObject([{ changes: { email: 'granted' } }]);
  expect(data.events).toHaveLength(3);
  expect(data.sessions).toMatchObject([{ eventCount: 3 }]);
  const rows = Object.fromEntries(data.manifest.sections.map(({ name, rows }) => [name, rows]));
  expect(rows).toMatchObject({ profile: 1, identifiers: 1, events: 3, sessions: 1, disclosures: 0 });
});

test('a large package is written in files of some thousand rows, each with its rows and its hash', async () => {
  await track(1001);
  const callbackUrl = 'https://example.com/done';
  const asked = await platform.call('exportProfileData', { params: { profileId: id }, body: { callbackUrl } });
  expect(asked.status).toBe(202);
  const { jobId } = asked.data as unknown as { jobId: string };
  expect(await runRequest(platform, jobId)).toMatchObject({ status: 'completed' });
  const { data } = await platform.call('getRequest', { params: { id: jobId } });
  const files = data.files ?? [];
  const events = files.filter(({ name }) => name.includes('/events-'));
  expect(events.reduce((sum, { rows }) => sum + rows, 0)).toBe(1001);
  const stored = (await platform.services.jobs.get(jobId)) as unknown as { files: { key: string; name: string }[] };
  for (const { name, sha256, rows } of files) {
    const key = stored.files.find(file => file.name === name)?.key ?? '';
    const body = Buffer.from((await platform.services.transfers.get(key))?.body ?? []);
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
    const lines = gunzipSync(body).toString('utf8').split('\n');
    expect(lines.filter(line => line !== '')).toHaveLength(rows);
  }
  expect(platform.outbox.calledBack.map(({ url, body }) => [url, JSON.parse(body).request_status])).toEqual([
    [callbackUrl, 'in_progress'],
    [callbackUrl, 'completed'],
  ]);
});

test('an erasure that was taken in is pending for a minute, and may be taken back until then', async () => {
  const callback = 'https://example.com/callback';
  const { status, data } = await intake('erasure', { status_callback_urls: [callback] });
  expect([status, data.status, data.request_status]).toEqual([201, 'pending', 'pending']);
  expect(Date.parse(data.dueAt) - Date.parse(data.receivedAt)).toBe(30 * 86_400_000);
  expect((await intake('erasure')).data.id).toBe(data.id);
  const cancelled = await platform.call('cancelRequest', { params: { id: 'asked erasure' } });
  expect(cancelled.data.status).toBe('cancelled');
  expect((await runRequest(platform, data.id)).status).toBe('cancelled');
  expect((await platform.call('getProfile', { params: { id } })).status).toBe(200);
  expect(platform.outbox.calledBack.map(({ body }) => JSON.parse(body).request_status)).toEqual(['cancelled']);
});

test('one that has begun is not taken back; it ends in a receipt', async () => {
  const { data } = await intake('erasure');
  await platform.clock.advance(61_000);
  expect((await runRequest(platform, data.id)).status).toBe('completed');
  expect((await platform.call('cancelRequest', { params: { id: data.id } })).error.code).toBe('CONFLICT');
  const shown = await platform.call('getRequest', { params: { id: data.id } });
  expect(shown.data).toMatchObject({ status: 'completed', overdue: false, profileIds: [id] });
  expect(shown.data.receipt?.certificate.stores.person).toEqual({ held: 1, removed: 1, left: 0 });
  expect(JSON.stringify(shown.data).toLowerCase()).not.toContain(email);
  expect((await platform.call('getProfile', { params: { id } })).status).toBe(404);
});

test('of somebody whom nobody knows nothing was held, and nothing is taken any more', async () => {
  const other = [{ identity_type: 'email', identity_value: 'nobody@example.com' }];
  const { data } = await intake('erasure', { subject_identities: other });
  platform.clock.advance(61_000);
  expect(await runRequest(platform, data.id)).toMatchObject({ status: 'completed', profileIds: [] });
  expect((await platform.call('createProfile', { body: { email: 'nobody@example.com' } })).status).toBe(409);
  const again = await intake('unsuppress', { subject_identities: other });
  await runRequest(platform, again.data.id);
  expect((await platform.call('createProfile', { body: { email: 'nobody@example.com' } })).status).toBe(201);
});

test('what somebody corrects is corrected', async () => {
  const { data } = await intake('rectification', { changes: { firstName: 'Augusta' } });
  await runRequest(platform, data.id);
  expect((await platform.call('getProfile', { params: { id } })).data.attributes.firstName).toBe('Augusta');
});

test.each([
  ['restriction', {}, ['all']],
  ['objection', { channels: ['email'] }, ['email']],
])('after a %s the person is not reached', async (type, more, channels) => {
  const { data } = await intake(type, more);
  await runRequest(platform, data.id);
  const standing = await platform.services.suppressions.of([`email#${email}`]);
  expect(Object.keys(standing.get(`email#${email}`) ?? {})).toEqual(channels);
});

test('whoever is made anonymous is nobody, and what they did goes on counting', async () => {
  await track(2);
  const { data } = await intake('anonymisation');
  platform.clock.advance(61_000);
  expect((await runRequest(platform, data.id)).status).toBe('completed');
  const state = await platform.services.profiles.get(id);
  expect(state?.head).toMatchObject({ life: 'erased', anonymised: true, counters: { events: 2 } });
  expect((await platform.services.seals.toOpen([id])).size).toBe(0);
});

test('a request that is late is told so', async () => {
  const { data } = await intake('access', { regulation: 'ccpa' });
  expect(Date.parse(data.dueAt) - Date.parse(data.receivedAt)).toBe(45 * 86_400_000);
  platform.clock.advance(46 * 86_400_000);
  const { items } = (await platform.call('listRequests', { query: { overdue: 'true' } })).data;
  expect(items.map(({ id: found, overdue }) => [found, overdue])).toEqual([[data.id, true]]);
  const answered = await platform.call('listRequests', { query: { status: 'completed' } });
  expect(answered.data.items).toEqual([]);
});

test('a callback into a private network is refused, and a hash finds nobody', async () => {
  const inside = await intake('erasure', { status_callback_urls: ['https://10.0.0.1/'] });
  expect(inside.error.details[0]?.path).toBe('body.status_callback_urls.0');
  const hashed = [{ identity_type: 'email', identity_value: 'abc', identity_format: 'sha256' }];
  expect((await intake('erasure', { subject_identities: hashed })).status).toBe(422);
});

test('who is erased is asked for again: the request that did it is told', async () => {
  const first = await platform.call('eraseProfileData', { params: { profileId: id }, body: {} });
  const second = await platform.call('eraseProfileData', { params: { profileId: id }, body: {} });
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(second.data.requestId).toBe(first.data.requestId);
});
