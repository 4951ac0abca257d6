import { expect, test } from 'vitest';
import { acceptEvent } from '../../../../core/engines/events/accept-event.ts';
import type { NewEventInput } from '../../../../core/engines/events/event-input.ts';

const receivedAt = new Date('2026-02-15T12:00:00.000Z');
const circumstances = { id: 'event-1', messageId: 'own', receivedAt, strict: false };
const given = (parts: Partial<NewEventInput> = {}): NewEventInput => ({
  profileId: 'profile-abc123',
  type: 'page_view',
  properties: {},
  ...parts,
});

test('the printed purchase with its impossible time is accepted with a warning and what was said', () => {
  const printed = given({
    type: 'purchase',
    timestamp: '2026-02-15T101:30:00.000Z',
    properties: { orderId: 'ORD-789', amount: 249.99, currency: 'USD', items: [{ quantity: 2, price: 124.995 }] },
  });
  const { event, warnings, faults } = acceptEvent(printed, circumstances);
  expect(faults).toEqual([]);
  expect(warnings.map(({ code }) => code)).toEqual(['TIMESTAMP_INVALID']);
  expect(event).toMatchObject({
    timestamp: receivedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    originalTimestamp: '2026-02-15T101:30:00.000Z',
    messageId: 'own',
    properties: printed.properties,
  });
});

test('strictly, a time that cannot be read is a fault', () => {
  const { event, faults } = acceptEvent(given({ timestamp: 'yesterday' }), { ...circumstances, strict: true });
  expect(event).toBeUndefined();
  expect(faults).toEqual([{ path: 'timestamp', reason: 'is not an ISO 8601 time' }]);
});

test('a time in the future is clamped, strictly or not', () => {
  const late = given({ timestamp: '2027-01-01T00:00:00Z' });
  for (const strict of [true, false]) {
    expect(acceptEvent(late, { ...circumstances, strict })).toMatchObject({
      event: { timestamp: receivedAt.toISOString() },
      warnings: [{ code: 'TIMESTAMP_IN_FUTURE' }],
      faults: [],
    });
  }
});

test('a time of sending on the event wins over the one of its batch', () => {
  const timestamp = '2026-02-15T11:00:00.000Z';
  const own = given({ timestamp, sentAt: '2026-02-15T11:00:01.000Z' });
  const accepted = acceptEvent(own, { ...circumstances, sentAt: '2026-02-15T11:30:00.000Z' });
  expect(accepted.event?.timestamp).toBe('2026-02-15T11:59:59.000Z');
});

test('what was before 1970 is accepted to be kept aside', () => {
  expect(acceptEvent(given({ timestamp: '1969-01-01' }), circumstances).event?.quarantine).toBe(
    'timestamp_before_1970',
  );
});

test('everything that tells who it was is an identifier, strongest first', () => {
  const { event } = acceptEvent(
    given({
      profileId: undefined,
      anonymousId: 'a-1',
      deviceId: 'd-1',
      identifiers: [{ type: 'customerId', value: 'C1' }],
      traits: { email: 'jane@example.com' },
    }),
    circumstances,
  );
  expect(event?.identifiers.map(({ type }) => type)).toEqual(['customerId', 'email', 'deviceId', 'anonymousId']);
  expect(event).not.toHaveProperty('anonymousId');
});

test('a value that identifies nobody is left out with a warning, and stays where it was', () => {
  const { event, warnings } = acceptEvent(given({ deviceId: 'unknown' }), circumstances);
  expect(event).toMatchObject({ deviceId: 'unknown', identifiers: [] });
  expect(warnings).toEqual([{ code: 'IDENTIFIER_IGNORED', message: 'deviceId is a value that many people share' }]);
});

test.each([
  ['nobody', given({ profileId: undefined }), 'identifiers'],
  ['nobody that can be told', given({ profileId: undefined, anonymousId: 'null' }), 'identifiers'],
  ['a refund of no order', given({ type: 'refund', properties: { amount: 1 } }), 'properties.orderId'],
  ['a purchase that makes no sense', given({ type: 'purchase', properties: { amount: -1 } }), 'properties.amount'],
])('an event of %s is refused with the path', (_, event, path) => {
  const accepted = acceptEvent(event, circumstances);
  expect(accepted.event).toBeUndefined();
  expect(accepted.faults.map(fault => fault.path)).toEqual([path]);
});

test('the id that the client gave a message stays', () => {
  expect(acceptEvent(given({ messageId: 'm-1' }), circumstances).event?.messageId).toBe('m-1');
});
