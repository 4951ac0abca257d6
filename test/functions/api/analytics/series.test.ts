import { beforeAll, expect, test } from 'vitest';
import type { SeriesPeriod } from '../../../../core/ports/event-series.ts';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

/** A shop of whole weeks: on 1 February nothing came. */
const valueOn = (at: number): number => {
  const day = new Date(at + 12 * 3_600_000);
  if (day.toISOString().startsWith('2026-02-01')) return 0;
  return 200 + ([60, 0, 10, 20, 10, 30, 80][day.getUTCDay()] ?? 0) + ((Math.floor(at / 86_400_000) * 37) % 11);
};
let platform: Platform;
beforeAll(async () => {
  const period = (at: number): SeriesPeriod => ({ events: valueOn(at), people: 5, purchases: 3, revenue: 10 });
  const eventSeries = { read: async (bounds: readonly number[]) => bounds.slice(0, -1).map(period) };
  platform = await openPlatform({ overrides: { eventSeries } });
});

test('a day on which nothing came is one incident', async () => {
  const { data } = await platform.call('listAnomalies', { query: { metric: 'events' } });
  expect(data.items).toHaveLength(1);
  expect(data.items[0]).toMatchObject({ startDate: '2026-02-01', endDate: '2026-02-01', value: 0 });
});

test('a forecast begins today and has a point a day', async () => {
  const { data } = await platform.call('forecastMetric', { body: { metric: 'events', horizon: 7 } });
  expect(data).toMatchObject({ status: 'forecast', coverage: expect.any(Number) });
  expect(data.points.map(({ date }) => date)).toEqual(
    ['15', '16', '17', '18', '19', '20', '21'].map(day => `2026-02-${day}`),
  );
});

test('a trend names its days, or its weeks from Monday; a reversed range is refused', async () => {
  const range = { metric: 'events' as const, startDate: '2026-02-03', endDate: '2026-02-14' };
  const { data } = await platform.call('findTrend', { body: range });
  expect(data.series).toHaveLength(12);
  const weekly = await platform.call('findTrend', { body: { ...range, interval: 'week' } });
  expect(weekly.data.series.map(({ date }) => date)).toEqual(['2026-02-02', '2026-02-09']);
  expect((await platform.call('findTrend', { body: { ...range, endDate: '2026-01-01' } })).status).toBe(422);
});
