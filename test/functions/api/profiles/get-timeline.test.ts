import { beforeAll, expect, test } from 'vitest';
import { mergeProfiles } from '../../../../core/flows/merge-profiles.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeAll(async () => {
  const settings = { ...(await openPlatform()).services.settings, reportingTimezone: 'Europe/Berlin' };
  platform = await openPlatform({ overrides: { settings } });
  id = (await platform.call('createProfile', { body: { email: 'a@example.com', consent: { email: true } } })).data.id;
  await platform.call('trackEvent', {
    body: { profileId: id, type: 'page_view', timestamp: '2026-02-14T23:30:00.000Z', messageId: 'm-1' },
  });
  const refund = { profileId: id, type: 'refund', properties: { orderId: 'ORD-1' } };
  await platform.call('trackEvent', { body: { ...refund, timestamp: '2026-02-14T23:20:00.000Z', messageId: 'm-0' } });
  await platform.foldEvents();
  const membership = {
    ...{ profileId: id, segmentId: 'segment-1', member: false, profileVersion: 2, segmentVersion: 1 },
    ...{ enteredAt: '2026-02-15T12:00:01.000Z', exitedAt: '2026-02-15T12:00:02.000Z' },
  };
  expect(await platform.services.memberships.decide(membership, undefined)).toBe(true);
  platform.clock.advance(5000);
  await platform.call('updateProfile', { params: { id }, body: { consent: { email: false, sms: true } } });
});

const timeline = async (query = {}) => (await platform.call('getTimeline', { params: { id }, query })).data;
const kinds = async (query = {}) => (await timeline(query)).items.map(({ kind, at }) => `${kind} ${at.slice(11, 19)}`);
const whole = [
  'consent 12:00:05',
  'segment_exited 12:00:02',
  'segment_entered 12:00:01',
  'consent 12:00:00',
  'event 23:30:00',
  'event 23:20:00',
];

test('events, consent and segments, newest first', async () => {
  expect(await kinds()).toEqual(whole);
  const [withdrawal] = (await timeline()).items;
  expect(withdrawal).toMatchObject({ consent: { changes: { email: false, sms: true }, source: 'api' } });
  expect((await timeline()).items.at(-2)).toMatchObject({ event: { messageId: 'm-1', profileId: id } });
  expect((await timeline()).items.at(-1)).toMatchObject({ event: { type: 'refund', messageId: 'm-0' } });
});

test.each([
  ['consent', ['consent 12:00:05', 'consent 12:00:00']],
  ['page_view', ['event 23:30:00']],
  ['refund,consent', ['consent 12:00:05', 'consent 12:00:00', 'event 23:20:00']],
  ['segment_entered, page_view', ['segment_entered 12:00:01', 'event 23:30:00']],
  ['nothing_of_the_kind', []],
])('types=%s', async (types, expected) => {
  expect(await kinds({ types })).toEqual(expected);
});

test('a date is a whole day in the reporting time zone', async () => {
  expect(await kinds({ startDate: '2026-02-15', endDate: '2026-02-15' })).toEqual(whole);
  expect(await kinds({ endDate: '2026-02-14' })).toEqual([]);
});

test.each([1, 2, 6])('pages of %i by cursor are the whole of it', async limit => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await timeline({ limit, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map(({ kind, at }) => `${kind} ${at.slice(11, 19)}`));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(whole);
});

test('who became a part of it, and that this was undone', async () => {
  const other = (await platform.call('createProfile', { body: { email: 'b@example.com' } })).data.id;
  platform.clock.advance(1000);
  const tools = { ...platform.services, accountCurrency: 'USD', consentMergePolicy: 'permissive_safe' as const };
  const reason = { kind: 'manual' as const, score: 100, by: 'key-1' };
  const request = { profileIds: [id, other], primaryProfileId: id, strategy: 'most_recent' as const, reason };
  const { mergeIds } = await mergeProfiles(request, tools);
  const { items } = await timeline({ types: 'merge,unmerge' });
  expect(items).toEqual([
    {
      kind: 'merge',
      at: new Date(platform.clock.at).toISOString(),
      merge: { mergeId: mergeIds[0], profileId: id, mergedId: other, reason: 'manual', score: 100 },
    },
  ]);
});
