import { expect, test } from 'vitest';
import type { Group } from '../../../core/language/condition.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const bigSpenders: Group = {
  operator: 'AND',
  conditions: [
    { field: 'computed.ltv', operator: '>', value: 500 },
    { field: 'computed.purchaseCount', operator: '>=', value: 2 },
  ],
};
const germans: Group = { operator: 'AND', conditions: [{ field: 'attributes.country', operator: '=', value: 'DE' }] };

/** Customer numbers of the members of a segment. */
const membersOf = async (loop: Loop, segmentId: string): Promise<string[]> => {
  const { members } = await loop.services.memberships.members(segmentId, 1000);
  const states = await loop.services.profiles.getMany(members.map(({ profileId }) => profileId));
  return [...states.values()]
    .flatMap(({ person }) => person.identifiers.filter(({ type }) => type === 'customerId').map(({ value }) => value))
    .sort();
};

test('a segment fills itself with the people who were there before it', async () => {
  const loop = new Loop();
  await loop.fold(['a', 'b', 'c'].map(customer => customerEvent(customer, { amount: 300 })));
  await loop.fold(['b', 'c'].map(customer => customerEvent(customer, { amount: 300 })));
  const { id, jobId } = await loop.segment(bigSpenders);
  await loop.run();
  expect(await membersOf(loop, id)).toEqual(['b', 'c']);
  expect(await loop.services.jobs.get(jobId)).toMatchObject({
    status: 'completed',
    progress: { done: 16, total: 16 },
    pending: {},
  });
});

test('later purchases and traits bring people in and take them out', async () => {
  const loop = new Loop();
  const spenders = await loop.segment(bigSpenders);
  const natives = await loop.segment(germans);
  await loop.run();
  await loop.fold([customerEvent('a', { amount: 600 }), customerEvent('b', { amount: 10, traits: { country: 'DE' } })]);
  await loop.run();
  expect(await membersOf(loop, spenders.id)).toEqual([]);
  expect(await membersOf(loop, natives.id)).toEqual(['b']);
  await loop.fold([customerEvent('a', { amount: 1 })]);
  await loop.fold([customerEvent('b', { traits: { country: 'FR' }, at: '2026-02-15T11:30:00.000Z' })]);
  await loop.run();
  expect(await membersOf(loop, spenders.id)).toEqual(['a']);
  expect(await membersOf(loop, natives.id)).toEqual([]);
});

test('someone who is new and of whom a field is missing is in a segment that asks for its absence', async () => {
  const loop = new Loop();
  const strangers = await loop.segment({
    operator: 'AND',
    conditions: [{ field: 'attributes.country', operator: '!=', value: 'DE' }],
  });
  await loop.run();
  await loop.fold([customerEvent('a'), customerEvent('b', { traits: { country: 'DE' } })]);
  await loop.run();
  expect(await membersOf(loop, strangers.id)).toEqual(['a']);
});

test('a purchase that cannot flip anything is not followed', async () => {
  const loop = new Loop();
  await loop.segment(germans);
  await loop.fold([customerEvent('a', { traits: { country: 'DE' } })]);
  await loop.run();
  const before = loop.messages.sent.length;
  await loop.fold([customerEvent('a', { amount: 600 })]);
  await loop.run();
  expect(loop.messages.sent.length).toBe(before);
});

test('a profile that changes many times in one batch is decided once', async () => {
  const loop = new Loop();
  await loop.segment(bigSpenders);
  await loop.run();
  await loop.fold([customerEvent('a', { amount: 600 })]);
  await loop.fold([customerEvent('a', { amount: 600 })]);
  const before = loop.messages.sent.filter(({ queue }) => queue === 'reevaluateProfile').length;
  await loop.run();
  const after = loop.messages.sent.filter(({ queue }) => queue === 'reevaluateProfile');
  expect(after.length - before).toBeLessThanOrEqual(2);
});

test.each(Array.from({ length: 15 }, (_, seed) => seed))(
  'a segment made in the middle of a stream of purchases misses no one (seed %i)',
  async seed => {
    const loop = new Loop({ seed, twice: seed % 2 === 0 });
    const customers = Array.from({ length: 12 }, (_, index) => `c${index}`);
    await loop.fold(customers.map(customer => customerEvent(customer, { amount: 300 })));
    const running = loop.run();
    const { id } = await loop.segment(bigSpenders);
    for (const customer of customers.slice(0, 6)) await loop.fold([customerEvent(customer, { amount: 300 })]);
    await running;
    await loop.run();
    expect(await membersOf(loop, id)).toEqual([...customers.slice(0, 6)].sort());
  },
);
