import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

test('a replay is a job over a range of days, and of nothing that comes later', async () => {
  const body = { from: '2026-02-01', to: '2026-02-28', types: ['purchase'], dryRun: true, eventsPerSecond: 50 };
  const { data } = await platform.call('replayEvents', { body });
  expect(await platform.services.jobs.get(data.jobId)).toMatchObject({
    ...{ kind: 'events.replay', target: 'profiles', types: ['purchase'], dryRun: true, eventsPerSecond: 50 },
    ...{ from: Date.parse('2026-02-01'), until: platform.clock.at + 1, status: 'running' },
  });
  const told = await platform.call('getJob', { params: { id: data.jobId } });
  expect(told.data).toMatchObject({ kind: 'events.replay', result: { found: 0, replayed: 0, erased: 0 } });
});

test.each([
  [{ from: 'yesterday', to: '2026-02-28' }],
  [{ from: '2026-02-01' }],
  [{ from: '2026-02-01', to: '2026-02-28', target: 'nowhere' }],
  [{ from: '2026-02-01', to: '2026-02-28', eventsPerSecond: 0 }],
  [{ from: '2026-02-01', to: '2026-02-28', types: [] }],
])('%j is refused', async body => {
  const { status } = await platform.call('replayEvents', { body });
  expect([400, 422]).toContain(status);
});

test('only an admin replays', async () => {
  const body = { from: '2026-02-01', to: '2026-02-28' };
  expect((await platform.call('replayEvents', { body, key: platform.keys.marketer })).status).toBe(403);
});
