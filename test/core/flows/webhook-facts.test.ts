import { expect, test } from 'vitest';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { newWork, type StoredJob } from '../../../core/flows/stored-job.ts';
import { webhookFacts } from '../../../core/flows/webhook-facts.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import { someEvent } from '../../fixtures/profile-states.ts';
import { Loop } from '../../fixtures/run-loop.ts';

const factsIn = (loop: Loop, from = 0) => webhookFacts(loop.services.commitsIn(loop.changes.slice(from)));
const typesIn = (loop: Loop, from = 0) => factsIn(loop, from).map(({ type }) => type);

const withProfile = async (said: Parameters<typeof customerEvent>[1] = { amount: 5 }) => {
  const loop = new Loop();
  await loop.fold([customerEvent('a', said)]);
  await loop.run();
  const [id = ''] = (await loop.services.profiles.list(1)).ids;
  return { loop, id, from: loop.changes.length };
};

test('a profile that comes to be is told as created, and consent that it came with as changed', async () => {
  const { loop, id } = await withProfile({ consent: { email: true, sms: false } });
  expect(factsIn(loop)).toMatchObject([
    { type: 'profile.created', subject: id, data: { profileId: id } },
    { type: 'consent.changed', subject: id, data: { profileId: id, channels: ['email', 'sms'] } },
  ]);
});

test('the same changes give the same facts again', async () => {
  const { loop } = await withProfile({ consent: { email: true } });
  expect(factsIn(loop)).toEqual(factsIn(loop));
  expect(new Set(factsIn(loop).map(({ id }) => id)).size).toBe(factsIn(loop).length);
});

test('an update names what has changed and never a value', async () => {
  const { loop, id, from } = await withProfile();
  await loop.fold([customerEvent('a', { amount: 7, traits: { city: 'Ulm' } })]);
  const changed = factsIn(loop, from).map(({ type, data }) => [type, data.changed]);
  expect(changed).toContainEqual(['profile.updated', ['computed.ltv', 'computed.aov', 'computed.purchaseCount']]);
  expect(changed).toContainEqual(['profile.updated', ['attributes.city']]);
  expect(JSON.stringify(factsIn(loop))).not.toMatch(/Ulm|a@example/);
  expect(factsIn(loop, from).every(({ subject }) => subject === id)).toBe(true);
});

test('that somebody was seen again, and did nothing that counts, is no news', async () => {
  const { loop, from } = await withProfile();
  await loop.fold([customerEvent('a', { type: 'page_view', at: '2026-02-15T11:30:00.000Z' })]);
  expect(typesIn(loop, from)).toEqual([]);
});

test('consent is told by its channels alone; one that stays as it was is not', async () => {
  const { loop, id, from } = await withProfile({ consent: { email: true } });
  const consent = { email: false, sms: true };
  await loop.fold([customerEvent('a', { consent, at: '2026-02-15T11:30:00.000Z' })]);
  const [fact] = factsIn(loop, from).filter(({ type }) => type === 'consent.changed');
  expect(fact?.data).toEqual({ profileId: id, channels: ['email', 'sms'] });
  const next = loop.changes.length;
  await loop.fold([customerEvent('a', { consent: { email: false }, at: '2026-02-15T11:40:00.000Z' })]);
  expect(typesIn(loop, next)).not.toContain('consent.changed');
});

test('entering and leaving a segment are told once each', async () => {
  const loop = new Loop();
  const segment = await loop.segment({
    operator: 'AND',
    conditions: [{ field: 'attributes.city', operator: '=', value: 'Ulm' }],
  });
  await loop.run();
  await loop.fold([customerEvent('a', { traits: { city: 'Ulm' } })]);
  await loop.run();
  await loop.fold([customerEvent('a', { traits: { city: 'Rom' }, at: '2026-02-15T11:30:00.000Z' })]);
  await loop.run();
  const moves = factsIn(loop).filter(({ type }) => type.startsWith('segment.'));
  expect(moves.map(({ type, data }) => [type, data.segmentId])).toEqual([
    ['segment.entered', segment.id],
    ['segment.exited', segment.id],
  ]);
});

test('an erasure is told, and what is swept afterwards is not', async () => {
  const { loop, id, from } = await withProfile({ consent: { email: true } });
  await eraseProfile(id, loop.services);
  await loop.run();
  expect(typesIn(loop, from)).toEqual(['profile.erased']);
});

test('a job that fails is told once, whatever is noted of it later', async () => {
  const loop = new Loop();
  const work = newWork('job-1', 'segment-1', ['all'], '2026-02-15T12:00:00.000Z');
  const job: StoredJob = { ...work, kind: 'segment.clear' };
  await loop.services.jobs.add(job);
  await loop.services.jobs.replace({ ...job, version: 2, status: 'failed' });
  await loop.services.jobs.replace({ ...job, version: 3, status: 'failed', error: 'more' });
  expect(factsIn(loop)).toMatchObject([
    { type: 'job.failed', subject: 'job-1', data: { jobId: 'job-1', kind: 'segment.clear', subjectId: 'segment-1' } },
  ]);
});

test.each([
  ['completed', ['audience.synced']],
  ['failed', ['job.failed', 'audience.failed']],
  ['cancelled', []],
] as const)('a sync that is %s is told as %j', async (status, types) => {
  const loop = new Loop();
  const work = newWork('job-1', 'audience-1', ['all'], '2026-02-15T12:00:00.000Z');
  const job: StoredJob = { ...work, kind: 'audience.sync', platform: 'webhook', operation: 'add' };
  await loop.services.jobs.add(job);
  await loop.services.jobs.replace({ ...job, version: 2, status });
  expect(typesIn(loop)).toEqual(types);
});

test('an event that is kept aside is told with the reason, and by its id alone', async () => {
  const loop = new Loop();
  const event = someEvent({ identifiers: [{ type: 'email', value: 'jane@example.com' }] });
  await loop.services.quarantine.add([{ event, reason: 'timestamp_before_1970' }]);
  expect(factsIn(loop)).toMatchObject([
    { type: 'event.quarantined', data: { eventId: event.id, reason: 'timestamp_before_1970' } },
  ]);
  expect(JSON.stringify(factsIn(loop))).not.toContain('jane');
});
