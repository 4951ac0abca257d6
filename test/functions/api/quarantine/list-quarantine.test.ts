import { beforeEach, expect, test } from 'vitest';
import { handler as project } from '../../../../functions/streams/project.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform({ overrides: { readChanges: records => records as never } });
});

const stray = (n: number, parts: object = {}) => ({
  messageId: `m-${n}`,
  profileId: 'profile-nobody',
  type: 'page_view',
  ...parts,
});

/** One event a minute. */
const send = async (events: object[]): Promise<void> => {
  for (const body of events) {
    await platform.call('trackEvent', { body });
    platform.clock.advance(60_000);
  }
  await platform.foldEvents();
};

const list = async (query: Record<string, string> = {}, key?: string) =>
  (await platform.call('listQuarantine', { query, ...(key === undefined ? {} : { key }) })).data;

const follow = () => project({ Records: platform.changes, shardId: 'shard-1' } as never, lambdaContext);

test('what could not have its effect is listed as it was received, newest first, with the reason', async () => {
  const early = {
    ...{ messageId: 'm-9', type: 'identify', timestamp: '1965-01-01T00:00:00Z', deviceId: 'device-1' },
    ...{ traits: { email: 'jane@example.com', country: 'de' }, consent: { email: true }, context: { page: '/' } },
  };
  await send([stray(1, { properties: { a: [1, null] } }), early]);
  const at = new Date(platform.clock.at).toISOString();
  expect((await list()).items).toEqual([
    {
      ...{ id: expect.any(String), reason: 'timestamp_before_1970', receivedAt: '2026-02-15T12:01:00.000Z' },
      ...{ quarantinedAt: at, tries: 1, originalTimestamp: early.timestamp },
      event: { ...early, traits: { email: 'jane@example.com', country: 'DE' }, properties: {} },
    },
    {
      ...{ id: expect.any(String), reason: 'profile_not_found', receivedAt: '2026-02-15T12:00:00.000Z' },
      ...{ quarantinedAt: at, tries: 1, event: stray(1, { properties: { a: [1, null] } }) },
    },
  ]);
});

test.each([
  [{ reason: 'timestamp_before_1970' }, ['m-3', 'm-1']],
  [{ type: 'custom' }, ['m-2', 'm-1']],
  [{ type: 'custom', reason: 'timestamp_before_1970' }, ['m-1']],
  [{ startDate: '2026-02-15T12:02:00Z' }, ['m-3', 'm-2']],
  [{ endDate: '2026-02-15T12:01:30Z' }, ['m-1', 'm-0']],
  [{ startDate: '2026-02-16' }, []],
  [{ reason: 'of_nothing' }, []],
])('%j holds %j', async (query, messages) => {
  await send([
    stray(0),
    stray(1, { type: 'custom', timestamp: '1960-01-01' }),
    stray(2, { type: 'custom' }),
    stray(3, { timestamp: '1960-01-01' }),
  ]);
  expect((await list(query)).items.map(({ event }) => event.messageId)).toEqual(messages);
});

test('page by page every event is shown once', async () => {
  await send(Array.from({ length: 7 }, (_, n) => stray(n)));
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: '3', ...(cursor === undefined ? {} : { cursor }) });
    expect(page.limit).toBe(3);
    found.push(...page.items.map(({ event }) => event.messageId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(found).toEqual(['m-6', 'm-5', 'm-4', 'm-3', 'm-2', 'm-1', 'm-0']);
});

test('how many there are for each reason follows the commits, once, and reads no event', async () => {
  await send([stray(0), stray(1), stray(2, { timestamp: '1960-01-01' })]);
  expect((await list()).counts).toEqual({});
  await follow();
  await follow();
  expect((await list({ limit: '1' })).counts).toEqual({ profile_not_found: 2, timestamp_before_1970: 1 });
  platform.clock.advance(32 * 86_400_000);
  expect((await list()).counts).toEqual({});
});

test('who may not see contacts and identifiers sees them masked, and nothing of what cannot be read', async () => {
  const key = await addKey(platform.services, {
    scopes: ['read'],
    fieldPolicy: { identifier: 'mask', contact: 'mask', sensitive: 'drop' },
  });
  const person = { traits: { email: 'jane@example.com', gender: 'f', city: 'Rome' }, deviceId: 'device-1' };
  await send([stray(0, { ...person, identifiers: [{ type: 'customerId', value: 'customer-1' }] })]);
  const at = new Date(platform.clock.at).toISOString();
  await platform.services.quarantine.add([
    {
      reason: 'envelope_unreadable',
      event: {
        ...{ id: 'event-unreadable', messageId: 'event-unreadable', type: 'unreadable', timestamp: at, receivedAt: at },
        ...{ identifiers: [], properties: { data: 'jane@example.com' }, quarantine: 'envelope_unreadable' },
      },
    },
  ]);
  const all = await list();
  expect(all.items[0]).toMatchObject({ data: 'jane@example.com', event: { properties: {} } });
  const masked = await list({}, key);
  expect(masked.items).toHaveLength(2);
  expect(masked.items[0]).not.toHaveProperty('data');
  expect(masked.items[1]?.event).toMatchObject({
    identifiers: [{ type: 'customerId', value: 'c***1' }],
    traits: { email: 'j***m', city: 'Rome' },
    deviceId: 'd***1',
  });
  expect(masked.items[1]?.event.traits).not.toHaveProperty('gender');
  expect(JSON.stringify(masked)).not.toContain('jane');
});
