import { expect, test } from 'vitest';
import type { Group } from '../../../core/language/condition.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const everybody: Group = { operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>=', value: 0 }] };
const quarterHour = 15 * 60 * 1000;

/** A segment whose evaluation has lost all its messages. */
const stalled = async () => {
  const loop = new Loop();
  await loop.fold(Array.from({ length: 30 }, (_, index) => customerEvent(`c${index}`, { amount: 1 })));
  await loop.run();
  const segment = await loop.segment(everybody);
  loop.skipChanges();
  return { loop, segment };
};

test('a job whose messages are lost is begun again where it stands, and completes', async () => {
  const { loop, segment } = await stalled();
  loop.clock.advance(quarterHour + 1000);
  await loop.tick();
  await loop.run();
  expect(await loop.services.jobs.get(segment.jobId)).toMatchObject({ status: 'completed', resends: 1 });
  expect(await loop.services.memberships.count(segment.id)).toBe(30);
});

test('a job that was worked on lately is left alone', async () => {
  const { loop, segment } = await stalled();
  loop.clock.advance(quarterHour - 1000);
  await loop.tick();
  expect(loop.messages.waiting).toEqual([]);
  expect(await loop.services.jobs.get(segment.jobId)).toMatchObject({ status: 'running', resends: 0 });
});

test('running twice for one minute begins nothing twice', async () => {
  const { loop } = await stalled();
  loop.clock.advance(quarterHour + 1000);
  await Promise.all([loop.tick(), loop.tick()]);
  await loop.tick();
  expect(loop.messages.waiting).toHaveLength(16);
});

test('a job that stalls again and again has failed, and says so', async () => {
  const { loop, segment } = await stalled();
  for (let hour = 0; hour < 8; hour += 1) {
    loop.clock.advance(quarterHour * 4);
    await loop.tick();
    loop.messages.waiting = [];
  }
  expect(await loop.services.jobs.get(segment.jobId)).toMatchObject({
    status: 'failed',
    error: 'stalled 5 times; see the dead-letter queue',
  });
});
