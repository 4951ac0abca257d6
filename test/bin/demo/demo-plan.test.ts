import { describe, expect, test } from 'vitest';
import { dayMs } from '../../../bin/demo/demo-calendar.ts';
import { demoPlan } from '../../../bin/demo/demo-plan.ts';
import type { SentEvent } from '../../../bin/demo/happening.ts';
import type { Person } from '../../../bin/demo/people.ts';
import { NewEvent } from '../../../core/contract/events.ts';
import { acceptEvent } from '../../../core/engines/events/accept-event.ts';
import { e164, matchKey } from '../../../core/model/identifier.ts';

const settings = { seed: 7, customers: 200, days: 90, until: '2026-11-26' };
const plan = demoPlan(settings);
const all = [...plan.introductions, ...plan.events];
const atOf = ({ timestamp = '' }: SentEvent): number => Date.parse(timestamp);
const namesCustomer = ({ identifiers = [] }: SentEvent, { customerId, email }: Person): boolean =>
  identifiers.some(({ value }) => value === customerId || value === email);
const eventsOf = (person: Person): SentEvent[] => plan.events.filter(event => namesCustomer(event, person));

/** Keys by which the platform would tell who an introduction is about. */
const keysOf = (event: SentEvent | undefined): string[] => (event?.identifiers ?? []).map(matchKey);

test('the same settings give the same plan, to the last character', () => {
  expect(JSON.stringify(demoPlan(settings))).toBe(JSON.stringify(plan));
});

test.each([
  ['seed', { ...settings, seed: 8 }],
  ['until', { ...settings, until: '2026-11-25' }],
  ['days', { ...settings, days: 80 }],
])('another %s shares no message id', (_name, other) => {
  const ids = new Set(all.map(({ messageId }) => messageId));
  expect(demoPlan(other).events.filter(({ messageId }) => ids.has(messageId))).toEqual([]);
});

test('more customers leave the others as they are', () => {
  const larger = new Map(demoPlan({ ...settings, customers: 220 }).events.map(event => [event.messageId, event]));
  for (const event of plan.events) expect(larger.get(event.messageId)).toEqual(event);
});

test('every event is taken by the platform as it stands, without a warning, under an id of its own', () => {
  const receivedAt = new Date(settings.until);
  for (const event of all) {
    const given = NewEvent.parse(event);
    const judged = acceptEvent(given, { id: 'event-1', messageId: 'message-1', receivedAt, strict: true });
    expect({ faults: judged.faults, warnings: judged.warnings }).toEqual({ faults: [], warnings: [] });
  }
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(all.length);
});

test('everything happens within the days, and nothing before a person is there', () => {
  const { startAt, endAt } = plan.calendar;
  expect(all.filter(event => atOf(event) < startAt || atOf(event) >= endAt)).toEqual([]);
  for (const person of plan.people) {
    expect(eventsOf(person).filter(event => atOf(event) < person.joinedAt)).toEqual([]);
  }
});

describe('planted anomalies', () => {
  const countOn = (day: number): number => all.filter(event => Math.floor(atOf(event) / dayMs) * dayMs === day).length;
  const counts = plan.calendar.days.map(countOn);
  const usual = counts.toSorted((left, right) => left - right)[45] ?? 0;

  test('one day has nothing at all', () => {
    expect(countOn(plan.calendar.holeAt)).toBe(0);
    expect(counts.filter(count => count === 0)).toHaveLength(1);
  });

  test('the day of the sale has twice as much as a usual one, and more than every other, but for the day all began', () => {
    expect(countOn(plan.calendar.spikeAt)).toBeGreaterThan(2 * usual - usual / 5);
    expect(Math.max(...counts.slice(1))).toBe(countOn(plan.calendar.spikeAt));
  });
});

describe('planted duplicates', () => {
  test('one person in twenty is there twice, half of them by phone where there is one', () => {
    expect(plan.twins).toHaveLength(settings.customers / 20);
    for (const by of ['phone', 'email']) expect(plan.twins.filter(twin => twin.by === by).length).toBeGreaterThan(2);
  });

  test('no two introductions share an identifier: each makes a profile of its own', () => {
    const keys = plan.introductions.flatMap(keysOf);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('twins differ in the name, and share a number or almost an address', () => {
    for (const { person, original, by } of plan.twins) {
      expect([person.firstName, person.lastName]).not.toEqual([original.firstName, original.lastName]);
      const shared = eventsOf(person).filter(({ traits }) => traits?.phone === original.phone && original.phone);
      expect(shared).toHaveLength(by === 'phone' ? 1 : 0);
      if (by === 'email') expect(person.email.replace('_', '.')).toBe(original.email);
    }
  });
});

describe('churners', () => {
  const churners = plan.people.filter(({ habit }) => habit.name === 'churner');

  test('three of twenty are churners', () => expect(churners).toHaveLength((settings.customers * 3) / 20));

  test('they were active and have been silent for the last third of the time', () => {
    const quietFrom = plan.calendar.endAt - 30 * dayMs;
    expect(churners.filter(person => eventsOf(person).length >= 5).length).toBeGreaterThan(churners.length * 0.9);
    for (const person of churners) expect(eventsOf(person).filter(event => atOf(event) >= quietFrom)).toEqual([]);
  });
});

describe('realism', () => {
  const ofType = (type: string) => plan.events.filter(event => event.type === type);

  test('visitors look more than they put into the cart, and put into the cart more than they buy', () => {
    const counts = ['product_view', 'add_to_cart', 'purchase', 'refund'].map(type => ofType(type).length);
    expect(counts).toEqual(counts.toSorted((left, right) => right - left));
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  test.each(['login', 'wishlist', 'remove_from_cart', 'email_open', 'email_click', 'support_ticket', 'consent'])(
    '%s happens',
    type => expect(ofType(type).length).toBeGreaterThan(0),
  );

  test('events come from every channel and from devices of both kinds', () => {
    expect([...new Set(all.map(({ source }) => source))].toSorted()).toEqual(
      [
        'app',
        'checkout',
        'helpdesk',
        'newsletter',
        'preference_centre',
        'service',
        'sign-up',
        'store',
        'web',
      ].toSorted(),
    );
    const devices = plan.events.flatMap(({ deviceId }) => deviceId ?? []);
    for (const kind of ['demo-phone', 'demo-laptop']) expect(devices.some(id => id.startsWith(kind))).toBe(true);
  });

  test('the amount of an order is its items less its discount, to the cent', () => {
    for (const { properties } of ofType('purchase')) {
      const { amount, items, discount = 0 } = properties as Record<string, number> & { items: never };
      const lines = items as { price: number; quantity: number }[];
      const cents = lines.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0);
      expect(Math.round((amount ?? 0) * 100)).toBe(cents - Math.round(discount * 100));
    }
  });

  test('a refund follows its order', () => {
    const orders = new Map(ofType('purchase').map(event => [event.properties.orderId, atOf(event)]));
    for (const refund of ofType('refund')) {
      expect(orders.get(refund.properties.orderId)).toBeLessThan(atOf(refund));
    }
  });

  test('newsletters are opened only by who agreed, and by nobody after unsubscribing', () => {
    for (const person of plan.people) {
      const letters = eventsOf(person).filter(({ type }) => type.startsWith('email_'));
      if (person.consent.email !== true) expect(letters).toEqual([]);
      const unsubscribed = letters.findIndex(({ type }) => type === 'email_unsubscribe');
      if (unsubscribed >= 0) expect(letters).toHaveLength(unsubscribed + 1);
    }
  });

  test('of each consent some say yes, some no, and some were never asked', () => {
    for (const channel of ['email', 'sms', 'tracking', 'cookies'] as const) {
      const answers = new Set(plan.people.map(({ consent }) => consent[channel]));
      expect(answers).toEqual(new Set([true, false, undefined]));
    }
  });

  test('a phone number is one that the platform reads as it stands', () => {
    const numbers = plan.people.flatMap(({ phone }) => phone ?? []);
    expect(numbers.length).toBeGreaterThan(100);
    for (const number of numbers) expect(e164(number)).toBe(number);
  });
});
