import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { envelopes, openEnvelope } from '../../../../functions/adapters/stores/envelope.ts';
import { someEvent } from '../../../fixtures/profile-states.ts';

const of = (customer: string, parts: Partial<AcceptedEvent> = {}): AcceptedEvent =>
  someEvent({ identifiers: [{ type: 'customerId', value: customer }], ...parts });

test('what is put into envelopes comes out of them, everything once', () => {
  const anyEvent = fc
    .record({ customer: fc.string({ minLength: 1 }), properties: fc.dictionary(fc.string(), fc.jsonValue()) })
    .map(({ customer, properties }) => of(customer, { properties: JSON.parse(JSON.stringify(properties)) }));
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), events => {
      const opened = envelopes(events).flatMap(({ data }) => openEnvelope(data).events);
      const byId = (list: AcceptedEvent[]) => new Map(list.map(event => [event.id, event]));
      expect(opened).toHaveLength(events.length);
      expect(byId(opened)).toEqual(byId(events));
    }),
    { numRuns: 50 },
  );
});

test('the events of one person travel in one bucket and in their order', () => {
  const events = Array.from({ length: 3000 }, (_, n) =>
    of(`customer-${n % 7}`, { properties: { n, noise: randomUUID() } }),
  );
  const buckets = new Map<string, string[]>();
  for (const { partitionKey, data } of envelopes(events)) {
    buckets.set(partitionKey, [
      ...(buckets.get(partitionKey) ?? []),
      ...openEnvelope(data).events.map(event => event.id),
    ]);
  }
  for (let customer = 0; customer < 7; customer += 1) {
    const own = events.filter(event => event.identifiers[0]?.value === `customer-${customer}`).map(event => event.id);
    const travelled = [...buckets.values()].filter(ids => ids.includes(own[0] ?? ''));
    expect(travelled).toHaveLength(1);
    const known = new Set(own);
    expect(travelled[0]?.filter(id => known.has(id))).toEqual(own);
  }
});

test('records stay within 25 kB and are well filled', () => {
  const events = Array.from({ length: 4000 }, () => of('one', { properties: { noise: randomUUID() } }));
  const sizes = envelopes(events).map(({ data }) => data.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(25 * 1024);
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeGreaterThan(10 * 1024);
});

test('there are at most 16 buckets, whoever the events are of', () => {
  const events = Array.from({ length: 500 }, (_, n) => of(`customer-${n}`));
  expect(new Set(envelopes(events).map(({ partitionKey }) => partitionKey)).size).toBe(16);
});

test('a profile id decides before identifiers do', () => {
  const [one] = envelopes([of('a', { profileId: 'profile-1' }), of('b', { profileId: 'profile-1' })]);
  expect(openEnvelope(one?.data ?? new Uint8Array()).events).toHaveLength(2);
});

test('the envelopes of a batch say which part of it they are, and hold the same', () => {
  const events = Array.from({ length: 100 }, (_, n) => of(`customer-${n}`));
  const [plain, parts] = [envelopes(events), envelopes(events, 'batch-1')];
  const unnamed = plain.map(({ data }) => openEnvelope(data));
  const named = unnamed.map((envelope, part) => ({ ...envelope, part: { batchId: 'batch-1', part } }));
  expect(unnamed.map(({ part }) => part)).toEqual(unnamed.map(() => undefined));
  expect(parts.map(({ data }) => openEnvelope(data))).toEqual(named);
});

test('the largest event that is taken travels in an envelope that fits a message of a queue', () => {
  const noise = Array.from({ length: 900 }, () => randomUUID())
    .join('')
    .slice(0, 32_000);
  const [envelope] = envelopes([of('one', { properties: { noise } })]);
  expect(envelope?.data.length).toBeLessThan(96 * 1024);
});

test('the name of a part that is none is left out', () => {
  const [envelope] = envelopes([of('one')]);
  const nameless = Buffer.from([0x81, 3, 97, 47, 120]);
  const odd = Buffer.concat([nameless, (envelope?.data ?? new Uint8Array()).subarray(1)]);
  expect(openEnvelope(odd)).toMatchObject({ events: [{ type: 'page_view' }], part: undefined });
});

test.each([
  ['nothing', []],
  ['text', [...Buffer.from('hello')]],
  ['an unknown dictionary', [9, 1, 2, 3]],
  ['a broken body', [1, 255, 255]],
])('%s is no envelope', (_, bytes) => {
  expect(() => openEnvelope(Uint8Array.from(bytes))).toThrow();
});
