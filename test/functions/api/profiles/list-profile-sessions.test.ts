import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const send = async (minute: number, parts: object = {}): Promise<void> => {
  const timestamp = new Date(Date.parse('2026-02-15T08:00:00Z') + minute * 60_000).toISOString();
  const body = { type: 'page_view', anonymousId: 'a-1', source: 'web', timestamp, ...parts };
  expect((await platform.call('trackEvent', { body })).status).toBe(202);
  await platform.foldEvents();
};

const profileId = async (): Promise<string> =>
  (await platform.call('lookupProfile', { query: { type: 'anonymousId', value: 'a-1' } })).data.id;

const list = async (query: Record<string, unknown> = {}) =>
  (await platform.call('listProfileSessions', { params: { id: await profileId() }, query })).data;

test('sessions stand newest first, page by page', async () => {
  for (const minute of [0, 10, 60, 120, 125]) await send(minute);
  const first = await list({ limit: 2 });
  expect(first.items.map(({ durationSeconds }) => durationSeconds)).toEqual([300, 0]);
  const second = await list({ limit: 2, cursor: first.nextCursor });
  expect(second.items.map(({ durationSeconds }) => durationSeconds)).toEqual([600]);
  expect(second.nextCursor).toBeUndefined();
});

test('an event that comes late is in its session at once, and the id of the session stays', async () => {
  for (const minute of [0, 40]) await send(minute);
  const [later, earlier] = (await list()).items;
  await send(20);
  const { items } = await list();
  expect(items.map(({ id, eventCount }) => [id, eventCount])).toEqual([[earlier?.id, 3]]);
  expect(later?.id).not.toBe(earlier?.id);
});

test.each([
  [{ startDate: '2026-02-15T09:00:00Z' }, ['2026-02-15T10:00:00.000Z', '2026-02-15T09:00:00.000Z']],
  [{ endDate: '2026-02-15T09:00:00Z' }, ['2026-02-15T09:00:00.000Z', '2026-02-15T08:00:00.000Z']],
  [{ source: 'ios' }, ['2026-02-15T09:00:00.000Z']],
  [{ channel: 'email' }, ['2026-02-15T10:00:00.000Z']],
  [{ startDate: '2026-02-16' }, []],
])('by %j', async (query, wanted) => {
  await send(0);
  await send(60, { source: 'ios' });
  await send(120, { context: { campaign: { source: 'letter', medium: 'email' } } });
  expect((await list(query)).items.map(({ startedAt }) => startedAt)).toEqual(wanted);
});

test('a profile is read with its sessions where they are asked for', async () => {
  await send(0);
  const id = await profileId();
  const read = (query = {}) => platform.call('getProfile', { params: { id }, query });
  expect((await read({ include: 'segments,sessions' })).data.sessions).toEqual((await list()).items);
  expect('sessions' in (await read()).data).toBe(false);
  expect((await read({ include: 'everything' })).status).toBe(422);
});

test('whoever may not see devices sees none', async () => {
  await send(0);
  const { data: key } = await platform.call('createApiKey', { body: { name: 'Analyst', role: 'analyst' } });
  const id = await profileId();
  const { data } = await platform.call('listProfileSessions', { params: { id }, key: key.key });
  expect(data.items[0]?.device).toBe('***');
});

test('page views before anybody is known, then a name, then a purchase: one profile, first come from where nobody knew them', async () => {
  await send(0, { context: { campaign: { source: 'google', medium: 'cpc' } } });
  await send(5, { properties: { page: '/shoes' } });
  await send(6, {
    type: 'identify',
    traits: { email: 'jane@example.com' },
    identifiers: [{ type: 'customerId', value: 'c-1' }],
  });
  await send(9, { type: 'purchase', properties: { amount: '20.00', orderId: 'o-1' } });
  await send(9 * 60, { identifiers: [{ type: 'customerId', value: 'c-1' }] });
  const { items } = await list();
  expect((await platform.call('listProfiles')).data.total).toBe(1);
  expect(items.at(-1)).toMatchObject({
    channel: 'paid search',
    campaign: { source: 'google' },
    pageViews: 2,
    purchases: 1,
  });
  expect(items[0]).toMatchObject({ channel: 'direct', purchases: 0 });
});

test('a profile that is not there has no sessions', async () => {
  expect((await platform.call('listProfileSessions', { params: { id: 'profile-nobody' } })).status).toBe(404);
});
