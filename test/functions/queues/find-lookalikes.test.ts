import { beforeEach, expect, test } from 'vitest';
import { handler as findLookalikes } from '../../../functions/queues/find-lookalikes.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { snapshotFollower } from '../../fixtures/tell-snapshot.ts';

let platform: Platform;
let buyers: string[];
let audienceId: string;
let seedSegment: string;

/** 60 people, of whom 30 buy; 22 of these are in the audience. */
beforeEach(async () => {
  platform = await openPlatform();
  const ids: string[] = [];
  for (let index = 0; index < 60; index += 1) {
    const isBuyer = index < 30;
    const computed = isBuyer
      ? { ltv: 500 + index, purchaseCount: 5 + (index % 3), lastPurchaseDate: '2026-02-10T12:00:00.000Z' }
      : { ltv: 0, purchaseCount: 0 };
    const { id } = (await platform.call('createProfile', { body: { email: `p${index}@example.com` } })).data;
    await platform.call('updateProfile', { params: { id }, body: { computed } });
    ids.push(id);
  }
  buyers = ids.slice(0, 30);
  const segment = await platform.call('createSegment', { body: { name: 'Best', type: 'manual' } });
  seedSegment = segment.data.id;
  await platform.call('addMembers', { params: { id: seedSegment }, body: { profileIds: buyers.slice(0, 22) } });
  const body = { name: 'Best', segmentIds: [seedSegment], platforms: ['webhook' as const] };
  audienceId = (await platform.call('createAudience', { body })).data.id;
  await snapshotFollower(platform).rewrite();
});

const start = async (body: object) =>
  (await platform.call('createLookalike', { params: { id: audienceId }, body: body as never })).data;

const work = async (jobId: string) => {
  const Records = [{ messageId: '1', body: JSON.stringify({ jobId, place: '' }) }];
  const { batchItemFailures } = await findLookalikes({ Records } as never, lambdaContext);
  expect(batchItemFailures).toEqual([]);
  return (await platform.call('getJob', { params: { id: jobId } })).data;
};

test('whoever is most like them is in a segment of their own, and nobody who is in the audience', async () => {
  const { segmentId, audienceId: other, jobId } = await start({ size: 8 });
  expect(await work(jobId)).toMatchObject({ status: 'completed', result: { rows: 8 } });
  const { members } = await platform.services.memberships.members(segmentId, 100);
  expect(members.map(({ profileId }) => profileId).sort()).toEqual([...buyers.slice(22)].sort());
  const { data } = await platform.call('getAudience', { params: { id: other } });
  expect(data).toMatchObject({
    name: 'Like Best',
    segmentIds: [segmentId],
    excludeSegmentIds: [seedSegment],
    syncs: [],
  });
});

test('a share of everybody else, and doing it again comes to the same', async () => {
  const { segmentId, jobId } = await start({ ratio: 0.1 });
  await work(jobId);
  const first = await platform.services.memberships.members(segmentId, 100);
  expect(first.members).toHaveLength(4);
  const job = await platform.services.jobs.get(jobId);
  if (!job) throw new Error('there is no job');
  await platform.services.jobs.replace({
    ...job,
    version: job.version + 1,
    status: 'running',
    pending: { all: '' },
  });
  await work(jobId);
  expect(await platform.services.memberships.members(segmentId, 100)).toEqual(first);
});

test('an audience of a few people says that it is too small', async () => {
  for (const profileId of buyers.slice(3, 22)) {
    await platform.call('removeMember', { params: { id: seedSegment, profileId } });
  }
  const { jobId } = await start({});
  expect(await work(jobId)).toMatchObject({ status: 'failed', error: expect.stringContaining('3 people') });
});
