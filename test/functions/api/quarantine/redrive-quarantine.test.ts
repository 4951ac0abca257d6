import { beforeEach, expect, test } from 'vitest';
import { handler as project } from '../../../../functions/streams/project.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { runRedrive } from '../../../fixtures/run-redrive.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform({ overrides: { readChanges: records => records as never } });
});

const early = (n: number, parts: object = {}) => ({
  ...{ messageId: `m-${n}`, deviceId: `device-${n}`, type: 'page_view', timestamp: '1965-01-01T00:00:00Z' },
  ...parts,
});

const send = async (events: object[]): Promise<string> => {
  const { batchId } = (await platform.call('trackEvents', { body: { events } })).data;
  await platform.foldEvents();
  return batchId;
};

const batch = async (id: string) => (await platform.call('getBatch', { params: { id } })).data;
const quarantined = async () => (await platform.call('listQuarantine')).data.items;
const stored = async (): Promise<number> => {
  await project({ Records: platform.changes, shardId: 'shard-1' } as never, lambdaContext);
  return (await platform.call('getStats')).data.totalEvents;
};
const mended = { timestamp: '2026-02-01T00:00:00Z' };

test('events that a patch mends have their effect, and the batch tells what became of them in the end', async () => {
  const id = await send([early(1), early(2), { messageId: 'm-3', deviceId: 'device-3', type: 'page_view' }]);
  expect(await batch(id)).toMatchObject({ accepted: 3, processed: 1, quarantined: 2, status: 'completed' });
  expect(await stored()).toBe(1);
  const done = await runRedrive(platform, { filter: {}, patch: mended });
  expect(done).toEqual({
    status: 'completed',
    result: { redriven: 2, stillQuarantined: 0, notFound: 0, examples: [] },
  });
  expect(await quarantined()).toEqual([]);
  await platform.foldEvents();
  expect(await batch(id)).toEqual({
    ...{ accepted: 3, processed: 3, duplicates: 0, quarantined: 0, refused: 0, status: 'completed' },
  });
  expect(await stored()).toBe(3);
  const events = platform.outbox.events.slice(-2);
  expect(events.map(({ messageId, timestamp }) => [messageId, timestamp]).sort()).toEqual([
    ['m-1', '2026-02-01T00:00:00.000Z'],
    ['m-2', '2026-02-01T00:00:00.000Z'],
  ]);
});

test('at any time accepted events are stored, duplicates, in quarantine or refused', async () => {
  await platform.call('trackEvent', { body: { messageId: 'm-1', deviceId: 'device-1', type: 'page_view' } });
  await platform.foldEvents();
  const leaver = await platform.call('createProfile', { body: { email: 'leaver@example.com' } });
  const id = await send([
    early(1),
    early(2, { profileId: leaver.data.id }),
    early(3, { profileId: 'profile-nobody' }),
    early(4),
  ]);
  await platform.call('deleteProfile', { params: { id: leaver.data.id } });
  const sum = async (): Promise<number> => {
    const { processed, duplicates, quarantined, refused } = await batch(id);
    return processed + duplicates + quarantined + refused;
  };
  expect(await sum()).toBe(4);
  const left = await quarantined();
  expect(left).toHaveLength(3);
  expect(JSON.stringify(left)).not.toContain(leaver.data.id);
  const done = await runRedrive(platform, { filter: {}, patch: mended });
  expect(done.result).toMatchObject({ redriven: 2, stillQuarantined: 1 });
  expect(await sum()).toBe(4);
  await platform.foldEvents();
  // What was kept aside of the leaver went with the erasure, and counts as it did before.
  expect(await batch(id)).toEqual({
    ...{ accepted: 4, processed: 1, duplicates: 1, quarantined: 2, refused: 0, status: 'completed' },
  });
});

test('an erased person gets nothing back: a redriven event of theirs is refused', async () => {
  const { data } = await platform.call('createProfile', { body: { email: 'leaver@example.com' } });
  const id = await send([early(1, { deviceId: undefined, profileId: 'profile-nobody' })]);
  await platform.call('deleteProfile', { params: { id: data.id } });
  await runRedrive(platform, { filter: {}, patch: { ...mended, profileId: data.id } });
  await platform.foldEvents();
  expect(await batch(id)).toMatchObject({ accepted: 1, refused: 1, quarantined: 0 });
  expect(await stored()).toBe(0);
});

test('events that fail again stay, with the reason that they have now, and the job names some', async () => {
  await send(Array.from({ length: 25 }, (_, n) => early(n, { profileId: 'profile-nobody' })));
  const { result } = await runRedrive(platform, { filter: { reason: 'timestamp_before_1970' }, patch: mended });
  expect(result).toMatchObject({ redriven: 0, stillQuarantined: 25 });
  expect((result as { examples: unknown[] }).examples).toHaveLength(20);
  expect((result as { examples: unknown[] }).examples[0]).toEqual({
    id: expect.stringMatching(/^event-/),
    reason: 'profile_not_found',
  });
  const items = await quarantined();
  expect(items.map(({ reason, tries, event }) => [reason, tries, event.timestamp])).toEqual(
    Array.from({ length: 25 }, () => ['profile_not_found', 2, '1965-01-01T00:00:00Z']),
  );
  expect(platform.outbox.events).toHaveLength(25);
});

test('an event that only the profile worker can refuse comes back, with one more try', async () => {
  await send([{ messageId: 'm-1', profileId: 'profile-late', type: 'page_view' }]);
  const { profiles } = platform.services;
  const get = profiles.get;
  Object.assign(profiles, { get: async (id: string) => (id === 'profile-late' ? { id } : get(id)) });
  expect((await runRedrive(platform, { filter: {} })).result).toMatchObject({ redriven: 1 });
  Object.assign(profiles, { get });
  expect(await quarantined()).toEqual([]);
  await platform.foldEvents();
  expect(await quarantined()).toMatchObject([{ reason: 'profile_not_found', tries: 2 }]);
});

test('a dry run tells what would happen, and changes nothing', async () => {
  await send([early(1), early(2, { type: 'purchase', properties: { amount: 5 } }), early(3)]);
  const before = [await quarantined(), platform.outbox.events.length];
  const patch = { ...mended, properties: { amount: -5 } };
  const { result } = await runRedrive(platform, { filter: {}, patch, dryRun: true });
  expect(result).toMatchObject({
    redriven: 2,
    stillQuarantined: 1,
    examples: [{ reason: 'purchase_invalid', detail: expect.stringContaining('properties.amount') }],
  });
  expect([await quarantined(), platform.outbox.events.length]).toEqual(before);
});

test('ids mean these events and no others; one that is not there is told', async () => {
  await send([early(1), early(2), early(3)]);
  const [first, second] = (await quarantined()).map(({ id }) => id);
  const ids = [first, second, second, 'event-none'];
  const { result } = await runRedrive(platform, { ids, patch: mended });
  expect(result).toMatchObject({ redriven: 2, stillQuarantined: 0, notFound: 1 });
  expect(await quarantined()).toHaveLength(1);
  const again = await runRedrive(platform, { ids: [first], patch: mended });
  expect(again.result).toMatchObject({ redriven: 0, notFound: 1 });
});

test('a filter means what it says, and nothing that is received later', async () => {
  await send([early(1), early(2, { type: 'custom' })]);
  const { data } = await platform.call('redriveQuarantine', { body: { filter: { type: 'custom' }, patch: mended } });
  const job = await platform.services.jobs.get(data.jobId);
  expect(job).toMatchObject({ selection: { type: 'custom', from: 0, until: platform.clock.at + 1 } });
  const { result } = await runRedrive(platform, { filter: { type: 'custom' }, patch: mended });
  expect(result).toMatchObject({ redriven: 1 });
  expect(await quarantined()).toMatchObject([{ event: { messageId: 'm-1' } }]);
});

test('the patch is kept apart from the job, and goes with the person whom it names: the redrive ends', async () => {
  await send([early(1)]);
  const { data: person } = await platform.call('createProfile', { body: { email: 'jane@example.com' } });
  const patch = { ...mended, traits: { email: 'jane@example.com' } };
  const { data } = await platform.call('redriveQuarantine', { body: { filter: {}, patch } });
  expect(JSON.stringify(await platform.services.jobs.get(data.jobId))).not.toContain('jane');
  await platform.call('deleteProfile', { params: { id: person.id } });
  expect(await platform.services.quarantine.patchOf(data.jobId)).toBeUndefined();
});

test.each([
  [{}, 422, 'body'],
  [{ ids: ['event-1'], filter: {} }, 422, 'body'],
  [{ ids: [] }, 422, 'body.ids'],
  [{ filter: { reason: 'No Reason' } }, 422, 'body.filter.reason'],
  [{ filter: {}, patch: { messageId: 'other' } }, 400, 'body.patch.messageId'],
  [{ filter: {}, patch: { receivedAt: '2026-02-15' } }, 400, 'body.patch.receivedAt'],
  [{ filter: {}, patch: { identifiers: [{ type: 'email' }] } }, 400, 'body.patch.identifiers.0.value'],
  [{ filter: {}, patch: { properties: 7 } }, 400, 'body.patch.properties'],
])('%j is refused with %i at %s', async (body, status, path) => {
  const answer = await platform.call('redriveQuarantine', { body });
  expect([answer.status, answer.error.details[0]?.path]).toEqual([status, path]);
});

test('who may only read redrives nothing', async () => {
  const answer = await platform.call('redriveQuarantine', { body: { filter: {} }, key: platform.keys.read });
  expect(answer.status).toBe(403);
});
