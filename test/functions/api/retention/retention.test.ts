import { beforeEach, expect, test } from 'vitest';
import { handler as compactLake } from '../../../../functions/jobs/compact-lake.ts';
import { handler as enforceRetention } from '../../../../functions/jobs/enforce-retention.ts';
import { handler as mergeLake } from '../../../../functions/jobs/merge-lake.ts';
import { handler as project } from '../../../../functions/streams/project.ts';
import { lambdaContext } from '../../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

const day = 86_400_000;
let platform: Platform;
let id: string;

/** What was committed is in files of its days. */
const toLake = async (): Promise<void> => {
  await platform.foldEvents();
  await project({ Records: platform.changes.splice(0), shardId: 'shard-1' } as never, lambdaContext);
  platform.clock.advance(6 * 60_000);
  await mergeLake({} as never, lambdaContext);
  await compactLake({} as never, lambdaContext);
};

beforeEach(async () => {
  platform = await openPlatform({ overrides: { readChanges: records => records as never } });
  id = (await platform.call('createProfile', { body: { email: 'ada@example.com' } })).data.id;
  const at = (days: number) => new Date(platform.clock.at - days * day).toISOString();
  const events = [
    { profileId: id, type: 'page_view', timestamp: at(0) },
    { profileId: id, type: 'screen_view', timestamp: at(400) },
  ];
  await platform.call('trackEvents', { body: { events } });
  await toLake();
});

const keep = (days: number, more: Record<string, unknown> = {}) =>
  platform.call('setRetentionPolicy', { params: { name: 'events' }, body: { days, ...more } as never });

const told = async (): Promise<{ everybody: string[]; own: string[] }> => {
  const everybody = (await platform.call('listEvents', { query: { startDate: '2020-01-01' } })).data.items;
  const own = (await platform.call('listProfileEvents', { params: { id } })).data.items;
  const types = (items: { type: string }[]) => items.map(({ type }) => type).sort();
  return { everybody: types(everybody), own: types(own) };
};

const both = ['page_view', 'screen_view'];
const run = async (dryRun: boolean) => (await platform.call('runRetention', { body: { dryRun } })).data;

test('history that comes late is kept as long as what happens when it comes', async () => {
  await keep(30);
  expect(await told()).toEqual({ everybody: both, own: both });
  platform.clock.advance(29 * day);
  expect((await run(false)).events).toEqual({ expired: 0, removed: 0 });
  expect(await told()).toEqual({ everybody: both, own: both });
});

test('what is over is told no more from that moment on, is counted by a dry run, and is removed by the next', async () => {
  await keep(30);
  platform.clock.advance(31 * day);
  expect(await told()).toEqual({ everybody: [], own: [] });
  expect(await run(true)).toMatchObject({ dryRun: true, complete: true, events: { expired: 2, removed: 0 } });
  await enforceRetention({} as never, lambdaContext);
  expect((await run(true)).events).toEqual({ expired: 0, removed: 0 });
  const days = await platform.services.lakePartitions.days('0000-01-01', '9999-12-31');
  expect(days.flatMap(({ runs, merged }) => [...runs, ...merged])).toEqual([]);
});

test('counted from when it happened, what is older goes although it came now; the rest stays', async () => {
  await keep(30, { basis: 'occurredAt' });
  expect(await told()).toEqual({ everybody: ['page_view'], own: ['page_view'] });
  expect((await run(false)).events).toEqual({ expired: 1, removed: 1 });
  await keep(36_500);
  expect((await told()).everybody).toEqual(['page_view']);
});

test('people of whom nothing came for long go only where that was asked for', async () => {
  platform.clock.advance(1096 * day);
  expect((await run(false)).profiles).toEqual({ expired: 0, removed: 0 });
  await platform.call('setRetentionPolicy', { params: { name: 'profiles' }, body: { days: 1095 } });
  expect((await run(true)).profiles).toEqual({ expired: 1, removed: 0 });
  expect((await run(false)).profiles).toEqual({ expired: 1, removed: 1 });
  expect((await platform.call('getProfile', { params: { id } })).status).toBe(404);
});

test('the deployment’s days hold where nothing else was said, and what events say cannot be made anonymous', async () => {
  const { items } = (await platform.call('listRetentionPolicies')).data;
  expect(items).toMatchObject([
    { name: 'events', days: 1095, basis: 'receivedAt', enabled: true },
    { name: 'profiles', enabled: false },
  ]);
  const refused = await keep(30, { action: 'anonymise' });
  expect([refused.status, refused.error.details[0]?.path]).toEqual([422, 'body.action']);
});
