import { expect, test } from 'vitest';
import type { evaluateSegment, MessageBody } from '../../../core/contract/messages.ts';
import { rememberedDefinitions } from '../../../core/flows/definitions.ts';
import { evaluatePartition } from '../../../core/flows/evaluate-segment.ts';
import { followCommits } from '../../../core/flows/follow-commits.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop } from '../../fixtures/run-loop.ts';

type EvaluateMessage = MessageBody<typeof evaluateSegment>;

/**
 * A purchase that makes someone a member is followed by an instance that has remembered the definitions from before the
 * segment. `patient`: the new segment's evaluation waits as long as it is told to.
 */
const purchaseBesideNewSegment = async (patient: boolean): Promise<number> => {
  const loop = new Loop();
  await loop.fold([customerEvent('a', { amount: 300 })]);
  await loop.run();
  const { services } = loop;
  const tools = { ...services, realTimeSync: true };
  const remembered = rememberedDefinitions(services.segments, services.audiences, services.traits, services.now);
  await remembered.get();
  const follow = async (from: number, definitions = services.definitions) =>
    followCommits(services.commitsIn(loop.changes.slice(from)), { ...tools, definitions });
  const evaluateDue = async () => {
    const due = loop.messages.waiting.filter(({ from }) => !patient || from <= loop.clock.at);
    for (const { body } of due) await evaluatePartition(body as EvaluateMessage, services);
  };

  const beforeSegment = loop.changes.length;
  const { id } = await loop.segment({
    operator: 'AND',
    conditions: [{ field: 'computed.ltv', operator: '>', value: 500 }],
  });
  await follow(beforeSegment);
  await evaluateDue();
  const beforePurchase = loop.changes.length;
  await loop.fold([customerEvent('a', { amount: 300 })]);
  loop.clock.advance(900);
  await follow(beforePurchase, remembered);
  loop.skipChanges();
  await loop.run();
  return services.memberships.count(id);
};

test('a purchase that was followed without knowing of a new segment is seen by the evaluation of the segment', async () => {
  expect(await purchaseBesideNewSegment(true)).toBe(1);
});

test('control: an evaluation that does not wait loses it', async () => {
  expect(await purchaseBesideNewSegment(false)).toBe(0);
});

test('what could not be queued fails the batch, so that it comes again', async () => {
  const loop = new Loop();
  await loop.segment({ operator: 'AND', conditions: [{ field: 'computed.ltv', operator: '>', value: 1 }] });
  await loop.run();
  const before = loop.changes.length;
  await loop.fold([customerEvent('a', { amount: 5 })]);
  const refusing = { send: () => Promise.reject(new Error('the queue refuses')) };
  const queues = { ...loop.services.queues, reevaluateProfile: refusing };
  const commits = loop.services.commitsIn(loop.changes.slice(before));
  await expect(followCommits(commits, { ...loop.services, realTimeSync: true, queues })).rejects.toThrow('refuses');
});
