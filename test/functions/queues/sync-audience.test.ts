import { expect, test } from 'vitest';
import { cancelJob } from '../../../core/flows/cancel-job.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import type { Loop } from '../../fixtures/run-loop.ts';

const noon = '2026-02-15T12:00:00.000Z';

/** Takes somebody out of a segment. */
const leave = async ({ services }: Loop, segmentId: string, profileId: string): Promise<void> => {
  const [stay] = await services.memberships.ofSegment(segmentId, [profileId]);
  const profile = await services.profiles.get(profileId);
  if (!stay || !profile) throw new Error('only a member can leave');
  await services.memberships.decide({ ...stay, member: false, profileVersion: profile.head.version }, stay);
};

test('remove takes out everybody who was sent, and keeps the rest away', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
  const { planned } = await activate('remove');
  expect(planned).toEqual({
    add: 0,
    remove: 2,
    skipped: { consent: 0, suppressed: 0, noIdentifier: 0, lowConfidence: 0, holdout: 0 },
  });
  await loop.run();
  expect(received()).toEqual([]);
  await loop.fold([customerEvent('late', { amount: 500, consent: { email: true } })]);
  await loop.run();
  expect(received()).toEqual([]);
});

test('nobody outside the audience stays after replace, whatever had been missed', async () => {
  const { loop, activate, received, segmentId, idOf } = await openAudienceLoop({ realTimeSync: false });
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.run();
  await loop.fold([customerEvent('b', { consent: { email: true }, at: noon })]);
  await leave(loop, segmentId, await idOf('a'));
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
  const { planned } = await activate('replace');
  expect(planned).toMatchObject({ add: 1, remove: 1 });
  await loop.run();
  expect(received()).toEqual(['b', 'c']);
});

test('the job of a sync ends when everybody was told of; its parts count once however often they come', async () => {
  const { loop, activate } = await openAudienceLoop({ twice: true, seed: 5 });
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  const { syncId = '' } = await activate('replace');
  await loop.run();
  expect(await loop.services.jobs.get(syncId)).toMatchObject({
    kind: 'audience.sync',
    status: 'completed',
    progress: { done: 33, total: 33 },
  });
});

test('a cancelled sync queues nobody', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a']));
  await loop.run();
  const { syncId = '' } = await activate();
  await cancelJob(syncId, loop.services);
  await loop.run();
  expect(received()).toEqual([]);
});

test('the last activation decides about everybody, also about those whom the one before it queues', async () => {
  const { loop, activate, received } = await openAudienceLoop();
  await loop.fold(spenders(['a']));
  await loop.run();
  await activate();
  await activate('remove');
  await loop.run();
  expect(received()).toEqual([]);
});

test('who is to go by replace goes, although the audience is activated again before anybody was told', async () => {
  const { loop, activate, received, segmentId, idOf } = await openAudienceLoop({ realTimeSync: false });
  await loop.fold(spenders(['a', 'b', 'c']));
  await loop.run();
  await activate();
  await loop.run();
  await leave(loop, segmentId, await idOf('a'));
  await activate('remove');
  await activate('replace');
  await loop.run();
  expect(received()).toEqual(['c']);
});
