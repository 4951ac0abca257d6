import { expect, test } from 'vitest';
import { checkBatchSize, refuseEvent, takeEvents } from '../../../core/flows/take-events.ts';
import type { Caller } from '../../../core/model/caller.ts';

const secretKey: Caller = { id: 'key-1', kind: 'secret', scopes: ['ingest'], fieldPolicy: {} };
const writeKey: Caller = { ...secretKey, id: 'key-2', kind: 'write' };
const context = { strict: false, caller: secretKey };

const take = (events: unknown[], more: Partial<Parameters<typeof takeEvents>[1]> = {}) => {
  let count = 0;
  const tools = { now: () => new Date('2026-02-15T12:00:00.000Z'), nextEventId: () => `event-${count++}` };
  return takeEvents(events, { ...context, ...more }, tools);
};
const view = (parts: object = {}) => ({ profileId: 'profile-1', type: 'page_view', ...parts });

test('a bad event is answered with its fault and holds up no other', () => {
  const batch = take([view(), { type: 'page_view' }, view({ type: '' }), 'nonsense', view({ unknown: 1 }), view()]);
  expect(batch.fresh.map(event => event.id)).toEqual(['event-0', 'event-2']);
  expect(batch.rejected).toBe(4);
  expect(batch.results.map(({ problem }) => problem?.code)).toEqual([
    undefined,
    'VALIDATION_FAILED',
    expect.any(String),
    'INVALID_REQUEST',
    'INVALID_REQUEST',
    undefined,
  ]);
});

test('a message that stands twice in a batch is taken once', () => {
  const batch = take([view({ messageId: 'm-1' }), view({ messageId: 'm-2' }), view({ messageId: 'm-1' })]);
  expect(batch.fresh.map(event => event.messageId)).toEqual(['m-1', 'm-2']);
  expect(batch).toMatchObject({ duplicates: 1, rejected: 0 });
  expect(batch.fresh.length + batch.duplicates + batch.rejected).toBe(batch.results.length);
});

test('two events that look the same are two', () => {
  expect(take([view(), view()]).fresh).toHaveLength(2);
});

test('the same request under the same key gives its messages the same ids, another one others', () => {
  const ids = (events: unknown[], more: object) => take(events, more).fresh.map(event => event.messageId);
  const key = { idempotencyKey: 'a'.repeat(200) };
  const first = ids([view(), view()], key);
  expect(new Set(first).size).toBe(2);
  expect(first.every(messageId => messageId.length <= 100)).toBe(true);
  expect(ids([view(), view()], key)).toEqual(first);
  expect(ids([view({ source: 'app' })], key)[0]).not.toBe(first[0]);
  expect(ids([view()], { idempotencyKey: `${'a'.repeat(199)}b` })[0]).not.toBe(first[0]);
  expect(ids([view()], { ...key, caller: writeKey })[0]).not.toBe(first[0]);
});

test.each([
  ['32 KB of plain text', 'a'.repeat(32_600), true],
  ['more than 32 KB of plain text', 'a'.repeat(32_800), false],
  ['fewer letters of more bytes', '漢'.repeat(11_000), false],
])('an event of %s is taken: %s', (_, text, taken) => {
  const [result] = take([view({ properties: { text } })]).results;
  expect(result?.event !== undefined).toBe(taken);
  if (!taken) expect(result?.problem?.code).toBe('PAYLOAD_TOO_LARGE');
});

test('a write key may not speak for the consent of people', () => {
  const event = view({ consent: { email: true } });
  expect(take([event], { caller: writeKey }).results[0]?.problem?.code).toBe('FORBIDDEN');
  expect(take([event]).fresh[0]?.consent).toEqual({ email: true });
});

test('the time of sending of a batch corrects the times of its events', () => {
  const sentAt = '2026-02-15T11:00:00.000Z';
  const [event] = take([view({ timestamp: '2026-02-15T10:59:00.000Z' })], { sentAt }).fresh;
  expect(event?.timestamp).toBe('2026-02-15T11:59:00.000Z');
});

test('a batch has a size that it may not exceed', () => {
  expect(() => checkBatchSize(1000, 1000)).not.toThrow();
  expect(() => checkBatchSize(1001, 1000)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});

test('a single event that breaks a rule is refused with all its faults', () => {
  const faults = [{ path: 'timestamp', reason: 'is not an ISO 8601 time' }];
  expect(refuseEvent(faults)).toMatchObject({ code: 'VALIDATION_FAILED', details: faults });
});
