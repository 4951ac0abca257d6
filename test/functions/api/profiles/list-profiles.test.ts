import { beforeAll, describe, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

const count = 60;
let platform: Platform;
/** Newest first. */
const ids: string[] = [];
beforeAll(async () => {
  platform = await openPlatform();
  for (let n = 0; n < count; n += 1) {
    platform.clock.advance(n % 3);
    const { data } = await platform.call('createProfile', { body: { email: `person-${n}@example.com` } });
    ids.unshift(data.id);
  }
});

const list = async (query = {}) => (await platform.call('listProfiles', { query })).data;

test('the newest first, 50 unless told otherwise, whole profiles', async () => {
  const { items, limit, total } = await list();
  expect(items.map(({ id }) => id)).toEqual(ids.slice(0, 50));
  expect(limit).toBe(50);
  expect(total).toBeGreaterThanOrEqual(50);
  expect(items[0]).toEqual((await platform.call('getProfile', { params: { id: ids[0] ?? '' } })).data);
});

describe.each([1, 7, 30, 60])('pages of %i', limit => {
  test('by cursor name everybody once, in order, and end', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      expect(page).not.toHaveProperty('offset');
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids);
  });

  test('by offset name everybody once, in order', async () => {
    const seen: string[] = [];
    for (let offset = 0; offset < count; offset += limit) {
      const page = await list({ limit, offset });
      expect(page.offset).toBe(offset);
      seen.push(...page.items.map(({ id }) => id));
    }
    expect(seen).toEqual(ids);
  });
});

test.each([1, 7, 60])('oldest first, in pages of %i by cursor and by offset', async limit => {
  const [byCursor, byOffset]: [string[], string[]] = [[], []];
  let cursor: string | undefined;
  do {
    const page = await list({ limit, sort: 'createdAt', ...(cursor === undefined ? {} : { cursor }) });
    byCursor.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  for (let offset = 0; offset < count; offset += limit)
    byOffset.push(...(await list({ limit, offset, sort: 'createdAt' })).items.map(({ id }) => id));
  expect([byCursor, byOffset]).toEqual([ids.toReversed(), ids.toReversed()]);
});

test('a page is not moved by who comes meanwhile', async () => {
  const first = await list({ limit: 5 });
  const { data } = await platform.call('createProfile', { body: {} });
  const second = await list({ limit: 5, cursor: first.nextCursor });
  expect(second.items.map(({ id }) => id)).toEqual(ids.slice(5, 10));
  await platform.call('deleteProfile', { params: { id: data.id } });
});

test('the erased are not listed', async () => {
  const { data } = await platform.call('createProfile', { body: {} });
  await platform.call('deleteProfile', { params: { id: data.id } });
  expect((await list({ limit: 1 })).items[0]?.id).toBe(ids[0]);
});

test('beyond the end there is nobody', async () => {
  expect(await list({ offset: 10_000 })).toMatchObject({ items: [], limit: 50, offset: 10_000 });
});

test('the total is what the counters have counted', async () => {
  const totals = { profiles: 1234, events: 0, byDay: {}, watermark: 0 };
  await platform.services.counters.advance('shard-1', '', '1', totals);
  expect((await list({ limit: 1 })).total).toBe(1234);
});

test.each([
  [422, 'query.limit', { limit: 0 }],
  [422, 'query.limit', { limit: 1001 }],
  [422, 'query.offset', { offset: 10_001 }],
  [400, 'query.limit', { limit: 'many' }],
  [422, 'query.cursor', { cursor: 'x'.repeat(2000) }],
])('%i for %s %j', async (status, path, query) => {
  const answer = await platform.call('listProfiles', { query });
  expect(answer.status).toBe(status);
  expect(answer.error.details[0]?.path).toBe(path);
});
