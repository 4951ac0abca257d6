import { beforeAll, expect, test } from 'vitest';
import { compactLake } from '../../../../core/flows/compact-lake.ts';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import { mergeLake } from '../../../../core/flows/merge-lake.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { duckdbLakeFiles } from '../../../../functions/adapters/lake/write/duckdb-lake-files.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';
import { Loop } from '../../../fixtures/run-loop.ts';

const at = (hour: number, minute = 0, day = 15): string => new Date(Date.UTC(2026, 1, day, hour, minute)).toISOString();

const visit = (customer: string, type: string, time: string, more: Partial<AcceptedEvent> = {}): AcceptedEvent => ({
  ...customerEvent(customer, { amount: 5, at: time }),
  id: nextEventId(Date.parse(time)),
  type,
  properties: type === 'purchase' ? { amount: 5, email: `${customer}@example.com` } : { page: '/home' },
  ...more,
});

let loop: Loop;
let platform: Platform;
const events = {
  old: visit('ada', 'purchase', at(9, 0, 10), { source: 'shop' }),
  yesterday: visit('bob', 'page_view', at(23, 59, 14), { sessionId: 'session-1' }),
  morning: visit('ada', 'purchase', at(8), { source: 'shop', deviceId: 'phone-1' }),
  noon: visit('bob', 'purchase', at(11, 30)),
  now: visit('ada', 'page_view', at(12), { sessionId: 'session-2' }),
};

/** What is oldest is sorted, then what is merged, then what came a moment ago. */
beforeAll(async () => {
  loop = new Loop();
  const jobs = { ...loop.services, lakeFiles: duckdbLakeFiles(loop.services.lake) };
  await loop.fold([events.old, events.yesterday]);
  await loop.run();
  await mergeLake(jobs);
  await compactLake(jobs, 60);
  await loop.fold([events.morning]);
  await loop.run();
  await mergeLake(jobs);
  await loop.fold([events.noon, events.now]);
  await loop.run();
  platform = await loopPlatform(loop);
});

const list = async (query: Record<string, unknown> = {}) => {
  const { data } = await platform.call('listEvents', { query });
  return data;
};
const idsIn = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
const profileOf = async (customer: string): Promise<string> =>
  (await loop.services.profiles.ownersOf([`customerId#${customer}`])).get(`customerId#${customer}`) ?? '';

test('events of files and of a moment ago are one list, newest first, each as it was accepted', async () => {
  const page = await list();
  expect(idsIn(page)).toEqual(
    [events.now, events.noon, events.morning, events.yesterday, events.old].map(({ id }) => id),
  );
  expect(page.items[2]).toMatchObject({
    profileId: await profileOf('ada'),
    properties: { amount: 5, email: 'ada@example.com' },
    deviceId: 'phone-1',
    source: 'shop',
  });
});

test('the answer tells how fresh it is', async () => {
  const answer = await platform.call('listEvents');
  const { meta } = answer.body as { meta: { asOf: string } };
  expect(Date.parse(meta.asOf)).toBe(loop.clock.at);
});

test.each([
  [{ type: 'purchase' }, ['noon', 'morning', 'old']],
  [{ source: 'shop' }, ['morning', 'old']],
  [{ sessionId: 'session-1' }, ['yesterday']],
  [{ type: 'purchase', startDate: '2026-02-15' }, ['noon', 'morning']],
  [{ endDate: '2026-02-14' }, ['yesterday', 'old']],
  [{ startDate: '2026-02-14', endDate: '2026-02-14' }, ['yesterday']],
  [{ startDate: at(8), endDate: at(11, 30) }, ['noon', 'morning']],
  [{ type: 'nothing' }, []],
  [{ type: "'; DROP TABLE lake_hot_1; --" }, []],
  [{ startDate: '2027-01-01' }, []],
] as const)('%j finds %j', async (query, found) => {
  expect(idsIn(await list(query))).toEqual(found.map(name => events[name].id));
});

test('a profile is filtered by whoever has the events', async () => {
  const profileId = await profileOf('ada');
  expect(idsIn(await list({ profileId }))).toEqual([events.now.id, events.morning.id, events.old.id]);
  expect(idsIn(await list({ profileId: 'profile-nobody' }))).toEqual([]);
});

test('pages follow one another without a repeat and without a gap', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...idsIn(page));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(idsIn(await list()));
});

test('a cursor that no page gave is refused', async () => {
  const answer = await platform.call('listEvents', { query: { cursor: 'nonsense' } });
  expect(answer.status).toBe(422);
});

test('what a caller may not see is left out', async () => {
  const key = await addKey(platform.services, {
    scopes: ['read'],
    fieldPolicy: { identifier: 'mask', behavioural: 'drop' },
  });
  const { items } = (await platform.call('listEvents', { key, query: { source: 'shop' } })).data;
  expect(items[0]).toMatchObject({ id: events.morning.id, deviceId: 'p***1' });
  expect(items[0]).not.toHaveProperty('properties');
});

test('an event by its id: raw, as it is kept, and who has folded it', async () => {
  for (const event of Object.values(events)) {
    const { data } = await platform.call('getEvent', { params: { id: event.id } });
    expect(data).toMatchObject({
      id: event.id,
      status: 'processed',
      event: { id: event.id, type: event.type, timestamp: event.timestamp },
      raw: { messageId: event.messageId, identifiers: event.identifiers },
      foldedInto: { profileId: data.event?.profileId, version: expect.any(Number) },
    });
  }
});

test('an event that nobody has is 404', async () => {
  const answer = await platform.call('getEvent', { params: { id: 'event-01jm4w0e8000000000000000zz' } });
  expect(answer.status).toBe(404);
});

test('an event that was quarantined tells why', async () => {
  const bad = { ...visit('eve', 'purchase', at(12)), properties: { amount: 'much' } };
  await loop.fold([bad]);
  const { data } = await platform.call('getEvent', { params: { id: bad.id } });
  expect(data).toMatchObject({ status: 'quarantined', quarantine: { reason: 'purchase_invalid', tries: 1 } });
  expect(data.raw).toMatchObject({ properties: { amount: 'much' } });
});

test('an event whose message had come before tells of which event it is a duplicate', async () => {
  const again = { ...visit('ada', 'purchase', at(12, 1)), messageId: events.morning.messageId };
  const [first, second] = [visit('ada', 'log_in', at(12, 2)), visit('ada', 'log_in', at(12, 3))];
  await loop.fold([again, first, { ...second, messageId: first.messageId }]);
  await loop.fold([again, first]);
  for (const [event, original] of [
    [again, events.morning],
    [second, first],
  ] as const) {
    const { data } = await platform.call('getEvent', { params: { id: event.id } });
    expect(data).toEqual({
      id: event.id,
      receivedAt: event.receivedAt,
      status: 'duplicate',
      duplicateOf: original.id,
    });
  }
  loop.clock.advance(15 * 86_400_000);
  expect((await platform.call('getEvent', { params: { id: again.id } })).status).toBe(404);
  loop.clock.advance(-15 * 86_400_000);
});

test('whoever is erased is gone from every list at once', async () => {
  const erased = await profileOf('bob');
  await eraseProfile(erased, loop.services);
  await loop.run();
  expect(idsIn(await list({ endDate: at(12, 1) }))).toEqual(
    [events.now, events.morning, events.old].map(({ id }) => id),
  );
  const answer = await platform.call('getEvent', { params: { id: events.noon.id } });
  expect(answer.status).toBe(404);
  const late = { ...visit('bob', 'purchase', at(12, 5)), profileId: erased };
  await loop.fold([late]);
  const { data } = await platform.call('getEvent', { params: { id: late.id } });
  expect(data).toMatchObject({ id: late.id, status: 'refused', refusedBecause: 'erased' });
  expect(data).not.toHaveProperty('raw');
});
