import { expect, test } from 'vitest';
import { openAudienceLoop, spenders } from '../../../fixtures/audience-loop.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';

const minute = 60_000;

const opened = async () => {
  const setup = await openAudienceLoop({ realTimeSync: false });
  const platform = await loopPlatform(setup.loop);
  await setup.loop.fold(spenders(['a', 'b', 'c']));
  await setup.loop.run();
  const params = { id: setup.audience.id };
  const set = (body: object) =>
    platform.call('setSchedule', { params, body: { platform: 'webhook', ...body } as never });
  const syncs = async () => (await platform.call('listSyncs', { params })).data.items;
  const listed = async () => (await platform.call('listSchedules', { params })).data.items;
  const { clock } = setup.loop;
  const pass = async (minutes: number) => {
    clock.at += minutes * minute;
    await setup.loop.tick();
    await setup.loop.run();
  };
  return { ...setup, platform, params, set, syncs, listed, pass };
};

test('every due time begins one sync, however often the clock ticks in it', async () => {
  const { set, pass, syncs, loop, received } = await opened();
  expect((await set({ rateMinutes: 60 })).data).toMatchObject({ nextAt: '2026-02-15T13:00:03.000Z', enabled: true });
  await pass(59);
  expect(await syncs()).toEqual([]);
  await Promise.all([loop.tick(), pass(2), loop.tick()]);
  await loop.tick();
  await loop.run();
  expect(await syncs()).toHaveLength(1);
  expect(received()).toEqual(['a', 'c']);
  await pass(61);
  expect(await syncs()).toHaveLength(2);
});

test('of due times that passed while nothing ran, one is made up for', async () => {
  const { set, pass, syncs, listed } = await opened();
  await set({ cron: '*/30 * * * *' });
  await pass(10 * 60);
  expect(await syncs()).toHaveLength(1);
  const [schedule] = await listed();
  expect(Date.parse(schedule?.nextAt ?? '') - Date.parse(schedule?.lastAt ?? '')).toBeGreaterThan(9 * 60 * minute);
});

test('a due time is skipped while a sync is under way, and says so', async () => {
  const { set, activate, pass, syncs, listed, loop } = await opened();
  loop.receiver.fault = 'unreachable';
  await activate();
  await loop.run();
  await set({ rateMinutes: 60 });
  await pass(61);
  expect(await syncs()).toHaveLength(1);
  expect((await listed())[0]?.lastSkipped).toMatch(/was under way$/);
  loop.receiver.fault = undefined;
  await pass(61);
  await pass(1);
  await pass(61);
  expect(await syncs()).toHaveLength(2);
});

test('a schedule that is switched off, or deleted, begins nothing', async () => {
  const { set, pass, syncs, platform, params, listed } = await opened();
  expect((await set({ rateMinutes: 60, enabled: false })).data).not.toHaveProperty('nextAt');
  await pass(200);
  await set({ rateMinutes: 60 });
  expect(await listed()).toHaveLength(1);
  const gone = { params: { ...params, platform: 'webhook' } };
  expect((await platform.call('deleteSchedule', gone)).status).toBe(204);
  expect((await platform.call('deleteSchedule', gone)).status).toBe(404);
  await pass(200);
  expect(await syncs()).toEqual([]);
});

test.each([
  ['neither', {}, 422],
  ['both', { cron: '0 3 * * *', rateMinutes: 60 }, 422],
  ['an expression that cannot be read', { cron: '61 3 * * *' }, 422],
  ['a time zone that there is not', { cron: '0 3 * * *', timezone: 'Mars/Olympus' }, 422],
  ['a rate that is too fast', { rateMinutes: 1 }, 422],
  ['a platform that the audience has not', { rateMinutes: 60, platform: 'facebook' }, 422],
])('%s is refused', async (_what, body, expected) => {
  const { set } = await opened();
  expect((await set(body)).status).toBe(expected);
});
