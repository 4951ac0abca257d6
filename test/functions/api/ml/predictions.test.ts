import { beforeAll, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
let id: string;
beforeAll(async () => {
  platform = await openPlatform();
  const body = { email: 'ada@example.com', consent: { email: true, sms: false }, timezone: 'Asia/Tokyo' };
  id = (await platform.call('createProfile', { body })).data.id;
});

const ofAda = () => ({ params: { id } });

test('a platform that has learnt nothing says so, and tells no number', async () => {
  const { data } = await platform.call('getPredictions', ofAda());
  expect(data).toMatchObject({ status: 'insufficient_data', factors: [], setByHand: [] });
  expect(data).not.toHaveProperty('churnRisk');
  expect((await platform.call('listModels')).data).toEqual({ enabled: true, items: [] });
  expect((await platform.call('scoreProfiles', { body: { model: 'churn' } })).status).toBe(409);
  expect((await platform.call('trainModels', { body: { model: 'churn', targetWindowDays: 3 } })).status).toBe(422);
});

test('what was set by hand holds, and is named', async () => {
  await platform.call('updateProfile', { ...ofAda(), body: { computed: { churnRisk: 80, purchasePropensity: 20 } } });
  const { data } = await platform.call('getPredictions', ofAda());
  expect(data).toMatchObject({ churnRisk: 80, purchasePropensity: 20, setByHand: ['churnRisk', 'purchasePropensity'] });
});

const items = [
  { action: 'news', name: 'News', channel: 'email', value: 100, cost: 1, driver: 'purchasePropensity', effect: 0.5 },
  { action: 'win-back', name: 'Voucher', channel: 'email', value: 50, cost: 5, driver: 'churnRisk', effect: 0.5 },
  { action: 'call', name: 'Text', channel: 'sms', value: 500, cost: 0, driver: 'churnRisk', effect: 1 },
  { action: 'dear', name: 'Dear', channel: 'email', value: 1, cost: 50, driver: 'churnRisk', effect: 1 },
] as const;

test('the best action is the one that is expected to bring most, by a channel that was agreed to', async () => {
  expect((await platform.call('replaceActions', { body: { items } })).data.items).toHaveLength(4);
  const { data } = await platform.call('getBestActions', ofAda());
  expect(data.actions.map(({ action, score }) => [action, score])).toEqual([
    ['win-back', 15],
    ['news', 9],
  ]);
  expect(data.actions[0]?.reason).toContain('agreed to email');
  expect(data.leftOut).toEqual({ consent: 1, segment: 0, notPredicted: 0, notWorth: 1 });
  expect((await platform.call('getBestActions', { ...ofAda(), query: { channel: 'sms' } })).data.actions).toEqual([]);
  const unknown = { items: [{ ...items[0], segmentId: 'segment-none' }] };
  expect((await platform.call('replaceActions', { body: unknown })).status).toBe(404);
});

test('the best time is the hour with most of their own activity, by their own clocks', async () => {
  const times = ['2026-02-02', '2026-02-09'].flatMap(day => Array.from({ length: 30 }, () => `${day}T22:10:00.000Z`));
  for (const timestamp of times)
    await platform.call('trackEvent', { body: { profileId: id, type: 'email_open', timestamp, properties: {} } });
  await platform.foldEvents();
  const { data } = await platform.call('getSendTime', { ...ofAda(), query: { channel: 'email' } });
  expect(data).toEqual({
    hour: 7,
    weekday: 'tuesday',
    timezone: 'Asia/Tokyo',
    timezoneFrom: 'profile',
    confidence: 0.75,
    n: 60,
  });
});

test('ten people are too few to find groups among', async () => {
  const { data } = await platform.call('discoverSegments', { body: {} });
  expect(data).toMatchObject({
    status: 'insufficient_data',
    clusters: [],
    reason: expect.stringContaining('of 50 people'),
  });
});

test('where predictions are switched off nothing is told, and nothing can be asked for', async () => {
  await platform.call('updateSettings', { body: { ENABLE_ML_PREDICTIONS: false } });
  platform.clock.advance(120_000);
  expect((await platform.call('getPredictions', ofAda())).data).toMatchObject({ status: 'disabled' });
  expect((await platform.call('trainModels', { body: { model: 'ltv' } })).status).toBe(409);
  expect((await platform.call('listModels')).data.enabled).toBe(false);
});
