import { expect, test } from 'vitest';
import { openPlatform } from '../../../fixtures/open-platform.ts';
import { seedPlatform } from '../../../fixtures/seed-platform.ts';

test('a platform without anything counts nothing', async () => {
  const platform = await openPlatform();
  expect((await platform.call('getStats')).data).toEqual({
    ...{ totalProfiles: 0, totalEvents: 0, totalSegments: 0, totalAudiences: 0 },
    ...{ profilesCreatedToday: 0, eventsTrackedToday: 0 },
  });
});

test.each([
  ['UTC', '2026-02-15'],
  ['Pacific/Kiritimati', '2026-02-16'],
])('today is the calendar day in %s', async (reportingTimezone, today) => {
  const settings = { ...(await openPlatform()).services.settings, reportingTimezone };
  const platform = await openPlatform({ overrides: { settings } });
  await seedPlatform(platform);
  const byDay = { [today]: { profiles: 2, events: 7 }, '2026-02-14': { profiles: 1, events: 3 } };
  const totals = { profiles: 3, events: 10, byDay, watermark: 1 };
  await platform.services.counters.advance('shard-1', '', '1', totals);
  await platform.services.counters.advance('shard-2', '', '1', totals);
  expect((await platform.call('getStats')).data).toEqual({
    ...{ totalProfiles: 6, totalEvents: 20, totalSegments: 2, totalAudiences: 1 },
    ...{ profilesCreatedToday: 4, eventsTrackedToday: 14 },
  });
});
