import { beforeEach, expect, test } from 'vitest';
import { openPlatform, type Platform } from '../../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

test('the standard names stand there from the start', async () => {
  const { items } = (await platform.call('getEventNames')).data;
  expect(items).toContainEqual({ name: 'Order Completed', type: 'purchase', source: 'standard' });
  expect(items.every(({ source }) => source === 'standard')).toBe(true);
});

test('names of one’s own replace those from before', async () => {
  await platform.call('updateEventNames', { body: { names: { Kauf: 'purchase' } } });
  const { data } = await platform.call('updateEventNames', { body: { names: { Bestellt: 'purchase', Page: 'seen' } } });
  expect((await platform.call('getEventNames')).data).toEqual(data);
  expect(data.items.filter(({ source }) => source === 'own')).toEqual([
    { name: 'Bestellt', type: 'purchase', source: 'own' },
    { name: 'Page', type: 'seen', source: 'own' },
  ]);
});

test.each([
  [{ Kauf: 'pürchase' }, 'body.names.Kauf'],
  [{ Kauf: 'a', kauf: 'b' }, 'body.names.kauf'],
])('%j is refused', async (names, path) => {
  const { status, error } = await platform.call('updateEventNames', { body: { names } });
  expect([status, error.details[0]?.path]).toEqual([422, path]);
});

test('events that come within half a minute may still have the names from before, and then no more', async () => {
  const send = (messageId: string) =>
    platform.call('POST /v1/track', {
      key: platform.keys.write,
      body: { event: 'Kauf', userId: 'u', messageId, properties: { total: 1 } },
    });
  await send('m-1');
  await platform.call('updateEventNames', { body: { names: { Kauf: 'purchase' } } });
  platform.clock.advance(30_000);
  await send('m-2');
  expect(platform.outbox.events.map(({ type }) => type)).toEqual(['Kauf', 'purchase']);
});
