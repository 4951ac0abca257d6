import { expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

const rules = { operator: 'AND' as const, conditions: [{ field: 'computed.ltv', operator: '>' as const, value: 5 }] };

const create = async (platform: Platform, name: string, type: 'rule-based' | 'behavioral' = 'rule-based') =>
  (await platform.call('createSegment', { body: { name, type, rules } })).data;

test('segments are listed newest first, by type, page by page', async () => {
  const platform = await openPlatform();
  for (const name of ['one', 'two', 'three']) await create(platform, name);
  await create(platform, 'four', 'behavioral');
  const names = async (query: object) => {
    const { data } = await platform.call('listSegments', { query: query as never });
    return { ...data, items: data.items.map(({ name }) => name) };
  };
  const first = await names({ limit: 2 });
  expect(first).toMatchObject({ items: ['four', 'three'], total: 4, limit: 2 });
  expect(await names({ limit: 2, cursor: first.nextCursor })).toEqual({ items: ['two', 'one'], total: 4, limit: 2 });
  expect(await names({ type: 'behavioral' })).toMatchObject({ items: ['four'], total: 1 });
  expect(await names({ offset: 3 })).toMatchObject({ items: ['one'], offset: 3 });
});

test('a segment is read as it was made, without what is only ours', async () => {
  const platform = await openPlatform();
  const { jobId: _jobId, ...made } = await create(platform, 'one');
  expect((await platform.call('getSegment', { params: { id: made.id } })).data).toEqual(made);
});

test.each(['getSegment', 'listMembers', 'getSegmentSize'] as const)('%s of an unknown segment is 404', async id => {
  const platform = await openPlatform();
  expect((await platform.call(id, { params: { id: 'segment-none' } })).status).toBe(404);
});

/** A segment with people who entered one minute after the other. */
const withMembers = async (count: number) => {
  const platform = await openPlatform();
  const segment = await create(platform, 'one');
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const { data } = await platform.call('createProfile', { body: { email: `p${number}@example.com` } });
    platform.clock.advance(60_000);
    await platform.services.memberships.decide(
      {
        profileId: data.id,
        segmentId: segment.id,
        member: true,
        enteredAt: new Date(platform.clock.at).toISOString(),
        profileVersion: 1,
        segmentVersion: 1,
      },
      undefined,
    );
    ids.unshift(data.id);
  }
  return { platform, segment, ids };
};

test('members are listed with their profiles, who entered last first, by cursor and by offset', async () => {
  const { platform, segment, ids } = await withMembers(5);
  const params = { id: segment.id };
  const first = (await platform.call('listMembers', { params, query: { limit: 2 } })).data;
  expect(first).toMatchObject({ total: 5, limit: 2 });
  expect(first.items.map(({ profileId }) => profileId)).toEqual(ids.slice(0, 2));
  expect(first.items[0]?.profile).toMatchObject({ id: ids[0], segments: [segment.id] });
  const next = await platform.call('listMembers', { params, query: { limit: 2, cursor: first.nextCursor } });
  expect(next.data.items.map(({ profileId }) => profileId)).toEqual(ids.slice(2, 4));
  const last = await platform.call('listMembers', { params, query: { limit: 2, offset: 4 } });
  expect(last.data.items.map(({ profileId }) => profileId)).toEqual(ids.slice(4));
  expect(last.data.nextCursor).toBeUndefined();
});

test('who was erased a moment ago is not shown', async () => {
  const { platform, segment, ids } = await withMembers(2);
  await platform.call('deleteProfile', { params: { id: ids[0] ?? '' } });
  const { data } = await platform.call('listMembers', { params: { id: segment.id } });
  expect(data.items.map(({ profileId }) => profileId)).toEqual(ids.slice(1));
});

test('a size is stale while the first evaluation runs; afterwards it may be remembered, and is exact when asked to be', async () => {
  const { platform, segment, ids } = await withMembers(3);
  const params = { id: segment.id };
  const size = async (exact?: string) =>
    (await platform.call('getSegmentSize', { params, ...(exact ? { query: { exact: exact as never } } : {}) })).data;
  const counted = new Date(platform.clock.at).toISOString();
  expect(await size()).toEqual({ count: 3, estimated: false, asOf: counted, stale: true });
  const job = await platform.services.jobs.get(segment.jobId);
  if (job) await platform.services.jobs.replace({ ...job, version: job.version + 1, status: 'completed' });
  expect(await size('true')).toEqual({ count: 3, estimated: false, asOf: counted, stale: false });
  const [left] = await platform.services.memberships.ofProfile(ids[0] ?? '');
  if (left) await platform.services.memberships.decide({ ...left, member: false }, left);
  platform.clock.advance(299_000);
  expect(await size()).toEqual({ count: 3, estimated: true, asOf: counted, stale: false });
  expect(await size('true')).toMatchObject({ count: 2, estimated: false });
  platform.clock.advance(301_000);
  expect(await size()).toMatchObject({ count: 2, estimated: false, asOf: new Date(platform.clock.at).toISOString() });
});

test('a list tells how many are in each segment, counted a while ago at most', async () => {
  const { platform, segment, ids } = await withMembers(3);
  const listed = async () => (await platform.call('listSegments')).data.items[0];
  const first = new Date(platform.clock.at).toISOString();
  expect(await listed()).toMatchObject({ id: segment.id, memberCount: 3, countAsOf: first });
  const [left] = await platform.services.memberships.ofProfile(ids[0] ?? '');
  if (left) await platform.services.memberships.decide({ ...left, member: false }, left);
  platform.clock.advance(179_000);
  expect(await listed()).toMatchObject({ memberCount: 3, countAsOf: first });
  platform.clock.advance(1000);
  expect(await listed()).toMatchObject({ memberCount: 2, countAsOf: new Date(platform.clock.at).toISOString() });
});

test('of many segments a few are counted for one list, and the others for the next', async () => {
  const platform = await openPlatform();
  for (let number = 0; number < 12; number += 1) await create(platform, `segment ${number}`);
  platform.clock.advance(60_000);
  const counted = async () =>
    (await platform.call('listSegments')).data.items.filter(({ memberCount }) => memberCount === 0).length;
  expect(await counted()).toBe(10);
  expect(await counted()).toBe(12);
});
