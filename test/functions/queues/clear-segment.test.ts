import { expect, test } from 'vitest';
import { deleteSegment } from '../../../core/flows/delete-segment.ts';
import { updateSegment } from '../../../core/flows/update-segment.ts';
import type { Group } from '../../../core/language/condition.ts';
import { openAudienceLoop, spenders } from '../../fixtures/audience-loop.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { differences, Loop, type LoopOptions } from '../../fixtures/run-loop.ts';

const over = (value: number): Group => ({
  operator: 'AND',
  conditions: [{ field: 'computed.ltv', operator: '>=', value }],
});

const filled = async (options?: LoopOptions) => {
  const loop = new Loop(options);
  await loop.fold(Array.from({ length: 40 }, (_, n) => customerEvent(`c${n}`, { amount: n })));
  const segment = await loop.segment(over(10));
  const standing = () => loop.contents().filter(({ sk }) => sk === `X#${segment.id}`);
  return { loop, segment, standing };
};

test.each([1, 2, 3, 4, 5])(
  'nothing is left of a segment that is deleted while it is evaluated (seed %i)',
  async seed => {
    const { loop, segment, standing } = await filled({ seed, twice: true });
    await loop.work(20 * seed);
    const job = await deleteSegment(segment.id, false, loop.services);
    await loop.run();
    expect(standing()).toEqual([]);
    expect(await loop.services.jobs.get(job.id)).toMatchObject({ status: 'completed', progress: { done: 32 } });
    expect(await loop.services.memberships.count(segment.id)).toBe(0);
    const before = loop.contents();
    await loop.redeliverEverything();
    expect(differences(before, loop.contents())).toEqual([]);
  },
);

test('what a worker decided that had read the segment before is cleared in the second round', async () => {
  const { loop, segment, standing } = await filled();
  await loop.run();
  const { id } = await deleteSegment(segment.id, false, loop.services);
  const rounds = async () => Object.keys((await loop.services.jobs.get(id))?.pending ?? {});
  while ((await rounds()).some(part => part.endsWith('first'))) await loop.work(1);
  expect(await rounds()).toHaveLength(16);
  const [profileId = ''] = (await loop.services.profiles.list(1)).ids;
  const state = await loop.services.profiles.get(profileId);
  const late = { member: true, enteredAt: '2026-02-15T12:00:00.000Z', profileVersion: state?.head.version ?? 0 };
  await loop.services.memberships.decide({ ...late, profileId, segmentId: segment.id, segmentVersion: 1 }, undefined);
  await loop.run();
  expect(standing()).toEqual([]);
});

test.each([1, 2, 3])('rules edited while the former ones are evaluated have the last word (seed %i)', async seed => {
  const { loop, segment } = await filled({ seed, twice: true });
  await loop.work(15 * seed);
  await updateSegment({ id: segment.id, patch: { rules: over(35) } }, loop.services);
  await loop.work(5 * seed);
  await updateSegment({ id: segment.id, patch: { name: 'Renamed' } }, loop.services);
  await loop.run();
  expect(await loop.services.memberships.count(segment.id)).toBe(5);
});

test('people leave the audience of a segment that is deleted by force', async () => {
  const { loop, activate, received, audience } = await openAudienceLoop();
  await loop.fold(spenders(['a', 'b', 'c']));
  await activate();
  await loop.run();
  expect(received()).toEqual(['a', 'c']);
  const [segmentId = ''] = audience.segmentIds;
  await deleteSegment(segmentId, true, loop.services);
  await loop.run();
  expect(received()).toEqual([]);
});
