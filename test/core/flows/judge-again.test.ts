import { expect, test } from 'vitest';
import { receivedEvent } from '../../../core/engines/events/received-event.ts';
import { judgeAgain } from '../../../core/flows/judge-again.ts';
import { takeEvents } from '../../../core/flows/take-events.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { EventPatch } from '../../../core/model/event-patch.ts';
import type { HeldEntry } from '../../../core/ports/quarantine.ts';

const receivedAt = '2026-02-15T12:00:00.000Z';
const caller = { id: 'key-1', kind: 'secret' as const, scopes: [], fieldPolicy: {} };

/** An event as the door lets it in. */
const accepted = (given: object, sentAt?: string): AcceptedEvent => {
  const tools = { now: () => new Date(receivedAt), nextEventId: () => 'event-1' };
  const [taken] = takeEvents([given], { strict: false, caller, sentAt }, tools).results;
  if (!taken?.event) throw new Error(JSON.stringify(taken?.problem));
  return taken.event;
};

const held = (event: AcceptedEvent, reason = 'of a test'): HeldEntry => ({
  ...{ id: event.id, day: '2026-02-15', tries: 1, state: 'held' },
  ...{ event, reason, at: receivedAt, batchId: 'batch-1' },
});

const whole = {
  profileId: 'profile-1',
  identifiers: [{ type: 'customerId', value: 'c-1' }],
  type: 'purchase',
  timestamp: '2026-02-14T10:00:00+02:00',
  properties: { amount: 5, currency: 'USD' },
  traits: { email: 'Jane@Example.com', phone: '+1-555-123-4567', country: 'de', customFields: { plan: 'pro' } },
  consent: { email: true },
  sessionId: 's-1',
  deviceId: 'd-1',
  anonymousId: 'a-1',
  source: 'web',
  messageId: 'message-1',
  context: { page: '/' },
};

test.each([
  ['with everything', whole, undefined],
  ['with a clock that goes wrong', { ...whole, timestamp: '2026-02-14T10:00:00.000Z' }, '2026-02-15T11:00:00.000Z'],
  ['with a time that cannot be read', { deviceId: 'd-1', type: 'custom', timestamp: 'yesterday' }, undefined],
  ['with a time in the future', { deviceId: 'd-1', type: 'custom', timestamp: '2027-01-01' }, undefined],
  ['with nothing but what it needs', { deviceId: 'd-1', type: 'custom' }, undefined],
  ['with identifiers of which one is of no use', { ...whole, anonymousId: 'undefined' }, undefined],
])('an event %s is the same when it is judged again, however often', (_, given, sentAt) => {
  let event = accepted(given, sentAt);
  const before = event;
  for (let tries = 0; tries < 3; tries += 1) {
    const judgement = judgeAgain({ ...held(event), tries: tries + 1 }, undefined);
    if (!('event' in judgement)) throw new Error(judgement.reason);
    expect(judgement.event.redrive).toEqual({ attempt: tries + 2, batchId: 'batch-1' });
    const { redrive: _redrive, ...same } = judgement.event;
    expect(same).toEqual(before);
    event = judgement.event;
  }
});

const early = accepted({ ...whole, timestamp: '1965-01-01T00:00:00.000Z' });
const refund = { ...accepted({ ...whole, type: 'custom' }), type: 'refund', properties: { amount: -5 } };
const unreadable: AcceptedEvent = {
  ...{ id: 'event-1', messageId: 'event-1', type: 'unreadable', timestamp: receivedAt, receivedAt, identifiers: [] },
  ...{ properties: { data: 'AAA' }, quarantine: 'envelope_unreadable' },
};

test.each<[string, AcceptedEvent, EventPatch | undefined, string]>([
  ['before 1970', early, undefined, 'timestamp_before_1970'],
  ['before 1970, with another fault mended', early, { source: 'app' }, 'timestamp_before_1970'],
  ['given a time that nobody can read', early, { timestamp: 'soon' }, 'event_invalid'],
  ['a refund of nothing', refund, undefined, 'refund_invalid'],
  ['a refund with one of two faults mended', refund, { properties: { amount: 5 } }, 'refund_invalid'],
  ['with everybody taken out', accepted({ deviceId: 'd', type: 'custom' }), { deviceId: null }, 'event_invalid'],
  ['made larger than an event may be', accepted(whole), { context: { text: 'a'.repeat(40_000) } }, 'event_invalid'],
  ['that cannot be read', unreadable, undefined, 'envelope_unreadable'],
  ['that cannot be read, given to somebody', unreadable, { profileId: 'profile-1' }, 'envelope_unreadable'],
])('an event %s stays', (_, event, patch, reason) => {
  expect(judgeAgain(held(event, event.quarantine), patch)).toMatchObject({ reason });
});

test.each<[string, AcceptedEvent, EventPatch, Partial<AcceptedEvent>]>([
  [
    'a time',
    early,
    { timestamp: '2026-02-01T00:00:00.000Z' },
    { timestamp: '2026-02-01T00:00:00.000Z', originalTimestamp: '1965-01-01T00:00:00.000Z' },
  ],
  [
    'an amount and an order',
    refund,
    { properties: { amount: 5, orderId: 'o' } },
    { properties: { amount: 5, orderId: 'o' } },
  ],
  [
    'an address, which told who it was',
    accepted({ traits: { email: 'old@example.com', city: 'Rome' }, type: 'identify' }),
    { traits: { email: 'new@example.com' } },
    { identifiers: [{ type: 'email', value: 'new@example.com' }], traits: { email: 'new@example.com', city: 'Rome' } },
  ],
  [
    'what could not be read',
    unreadable,
    { type: 'page_view', profileId: 'profile-1', properties: { data: null, page: '/' } },
    { type: 'page_view', profileId: 'profile-1', properties: { page: '/' } },
  ],
])('a patch mends %s, and the event stays the same one', (_, event, patch, mended) => {
  const judgement = judgeAgain(held(event), patch);
  const { id, messageId } = event;
  expect(judgement).toMatchObject({ event: { ...mended, id, messageId, receivedAt } });
  expect((judgement as { event: AcceptedEvent }).event.quarantine).toBeUndefined();
});

test('an event is shown as it came: without what follows from the rest of it', () => {
  const { traits, ...said } = whole;
  expect(receivedEvent(accepted(whole))).toEqual({
    ...said,
    identifiers: [...whole.identifiers, { type: 'anonymousId', value: 'a-1' }],
    traits: { ...traits, country: 'DE' },
    timestamp: '2026-02-14T08:00:00.000Z',
    anonymousId: undefined,
  });
});
