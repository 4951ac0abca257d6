import { expect, test } from 'vitest';
import { sessionDetail } from '../../../../core/engines/sessions/session-detail.ts';
import { sessionsOf } from '../../../../core/engines/sessions/sessions-of.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { randomHistory } from '../../../verify/sessions/random-history.ts';
import { referenceSessions } from '../../../verify/sessions/reference.ts';
import { toldByEngine } from '../../../verify/sessions/told-by-engine.ts';
import { viewed } from './viewed.ts';

const known = (events: AcceptedEvent[]) => sessionsOf(events, { profileId: 'profile-1', accountCurrency: 'USD' });
const views = (events: AcceptedEvent[]) => known(events).map(({ view }) => view);
const bought = (seconds: number, properties: object, said: Partial<AcceptedEvent> = {}) =>
  viewed(seconds, { type: 'purchase', properties: { ...properties }, ...said });

test('a session tells how long it was, what was seen, what was bought and where it came from', () => {
  const url = 'https://shop.example/?utm_source=letter&utm_medium=email&utm_campaign=spring';
  const events = [
    viewed(0, { type: 'identify' }),
    viewed(1, {
      properties: { url, referrer: 'https://mail.example/inbox?user=jane' },
      source: 'web',
      deviceId: 'd-1',
    }),
    viewed(60, { properties: { page: '/shoes?color=red' }, sessionId: 's-1' }),
    bought(90.4, { amount: '0.10', orderId: 'o-1' }),
    bought(90.6, { amount: 0.2, currency: 'EUR', orderId: 'o-2' }),
    bought(91, { items: [{ quantity: 2, price: 0.1 }] }),
  ];
  expect(views(events)).toEqual([
    {
      ...{ id: 'session-0', profileId: 'profile-1', visitId: 'visit-0' },
      ...{ startedAt: '2026-02-15T12:00:00.000Z', endedAt: '2026-02-15T12:01:31.000Z', durationSeconds: 91 },
      ...{ eventCount: 6, pageViews: 2, entryPage: 'https://shop.example/', exitPage: '/shoes', bounced: false },
      ...{ converted: true, purchases: 3, revenue: { USD: 0.3, EUR: 0.2 } },
      channel: 'email',
      campaign: { source: 'letter', medium: 'email', name: 'spring' },
      referrer: 'https://mail.example/inbox',
      ...{ source: 'web', device: 'd-1', clientSessionId: 's-1' },
    },
  ]);
});

test('a single event is a bounce without a length, and direct when it tells nothing', () => {
  expect(views([viewed(0)])).toMatchObject([
    { bounced: true, durationSeconds: 0, channel: 'direct', converted: false },
  ]);
});

test('an order that several messages name counts once, in the session of the first that was received', () => {
  const twice = [
    bought(0, { orderId: 'o', amount: 5 }, { id: 'event-2' }),
    bought(7_200, { orderId: 'o', amount: 5 }, { id: 'event-1' }),
  ];
  expect(views(twice).map(({ purchases }) => purchases)).toEqual([0, 1]);
});

test('an order that a server tells of converts the session it happened in, and makes it no longer', () => {
  const events = [
    viewed(0, { sessionId: 's-1' }),
    viewed(1, { sessionId: 's-2' }),
    bought(900, { amount: 5 }, { source: 'server', sessionId: 's-1' }),
  ];
  expect(views(events)).toMatchObject([
    { clientSessionId: 's-1', converted: true, revenue: { USD: 5 }, durationSeconds: 0, eventCount: 2 },
    { clientSessionId: 's-2', converted: false, revenue: {} },
  ]);
});

test('sessions that overlap are one visit, whatever their devices; others are not', () => {
  const events = [
    viewed(0, { deviceId: 'phone', id: 'event-5' }),
    viewed(600, { deviceId: 'phone', id: 'event-6' }),
    viewed(600, { deviceId: 'laptop', id: 'event-1' }),
    viewed(601, { deviceId: 'tv', id: 'event-2' }),
  ];
  expect(views(events).map(({ visitId }) => visitId)).toEqual(['visit-1', 'visit-1', 'visit-2']);
  const [first] = known(events);
  expect(first && sessionDetail(first).visit).toEqual({
    ...{ id: 'visit-1', startedAt: '2026-02-15T12:00:00.000Z', endedAt: '2026-02-15T12:10:00.000Z' },
    ...{ sessionIds: ['session-5', 'session-1'], devices: ['phone', 'laptop'] },
  });
});

test('the detail counts types and pages', () => {
  const page = (seconds: number, name: string) => viewed(seconds, { properties: { page: name } });
  const [one] = known([page(0, '/b'), page(1, '/a'), page(2, '/b'), viewed(3, { type: '__proto__' })]);
  const detail = one && sessionDetail(one);
  expect(detail?.pages).toEqual([
    { page: '/b', views: 2 },
    { page: '/a', views: 1 },
  ]);
  expect(Object.entries(detail?.types ?? {})).toEqual([
    ['page_view', 3],
    ['__proto__', 1],
  ]);
});

test('random histories come to what the obvious reference says', () => {
  const inOrder = (told: { id: string }[]) => told.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (let seed = 0; seed < 60; seed += 1) {
    const history = randomHistory(seed);
    expect(inOrder(toldByEngine(history)), `seed ${seed}`).toEqual(inOrder(referenceSessions(history)));
  }
});

test('20,000 events of one person are sessions in less than two seconds of work', () => {
  const events = Array.from({ length: 20_000 }, (_, n) => viewed(n * 61, { deviceId: `d-${n % 3}`, id: `event-${n}` }));
  const before = process.cpuUsage();
  expect(views(events).length).toBeGreaterThan(10);
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
});
