import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const create = async (name: string): Promise<string> => {
  platform.clock.advance(60_000);
  return (await platform.call('createProfile', { body: { firstName: name } })).data.id;
};

test('pages tell every call once, newest first, whatever the size of a page', async () => {
  const ids: string[] = [];
  for (let number = 0; number < 40; number += 1) ids.push(await create(`n${number}`));
  const told: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await platform.call('listAudit', { query: { limit: 7, ...(cursor ? { cursor } : {}) } });
    told.push(...page.data.items.flatMap(({ subjects }) => subjects));
    cursor = page.data.nextCursor;
  } while (cursor);
  expect(told).toEqual(ids.toReversed());
});

test('a log over several days is told from the newest back to where it was asked for', async () => {
  const first = await create('first');
  platform.clock.advance(3 * 86_400_000);
  const second = await create('second');
  const subjectsOf = async (query: Record<string, unknown>) =>
    (await platform.call('listAudit', { query })).data.items.flatMap(({ subjects }) => subjects);
  expect(await subjectsOf({})).toEqual([second, first]);
  expect(await subjectsOf({ startDate: '2026-02-17' })).toEqual([second]);
  expect(await subjectsOf({ endDate: '2026-02-15' })).toEqual([first]);
});

test.each([
  ['actor', async () => ({ actor: `key-${platform.keys.read.split('_')[2]}` }), ['getProfile']],
  ['action', async () => ({ action: 'createProfile' }), ['createProfile', 'createProfile']],
  ['subject', async (id: string) => ({ subject: id }), ['getProfile', 'createProfile']],
])('filters by %s', async (_name, query, actions) => {
  const id = await create('one');
  await create('two');
  await platform.call('getProfile', { params: { id }, key: platform.keys.read });
  const found = await platform.call('listAudit', { query: await query(id) });
  expect(found.data.items.map(({ action }) => action).toSorted()).toEqual(actions.toSorted());
});

test('a cursor that is none of ours is refused', async () => {
  const answer = await platform.call('listAudit', { query: { cursor: 'nonsense' } });
  expect([answer.status, answer.error.code]).toEqual([400, 'INVALID_REQUEST']);
});

test('is not for those who only read', async () => {
  expect((await platform.call('listAudit', { key: platform.keys.read })).status).toBe(403);
});
