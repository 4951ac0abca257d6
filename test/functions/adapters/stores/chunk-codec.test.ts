import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packEvents, unpackEvents } from '../../../../functions/adapters/stores/chunk-codec.ts';
import { someEvent } from '../../../fixtures/profile-states.ts';

const bytesMax = 300 * 1024;

test('ten usual events are one write unit', () => {
  const events = Array.from({ length: 10 }, (_, n) =>
    someEvent({
      id: `event-01kj2m3n4p5q6r7s8t9v0w${n}x1y2`,
      messageId: `message-${n}`,
      type: n % 3 === 0 ? 'purchase' : 'page_view',
      identifiers: [{ type: 'email', value: 'jane@example.com' }],
      properties: n % 3 === 0 ? { orderId: `ORD-${n}`, amount: 249.99, currency: 'USD' } : { page: '/home' },
      sessionId: 'session-xyz789',
      source: 'web',
    }),
  );
  const [packed, ...others] = packEvents(events, bytesMax);
  expect(others).toEqual([]);
  expect(packed?.bytes.length).toBeLessThan(1000);
  expect(packed && unpackEvents(packed)).toEqual(events);
});

test('pieces stay below the given size and keep the order', () => {
  const events = Array.from({ length: 500 }, () => someEvent({ properties: { noise: randomUUID() } }));
  const pieces = packEvents(events, 4096);
  expect(pieces.length).toBeGreaterThan(3);
  for (const { bytes } of pieces) expect(bytes.length).toBeLessThanOrEqual(4096);
  expect(pieces.flatMap(unpackEvents)).toEqual(events);
});

test('a single event is one piece, however large', () => {
  const event = someEvent({ properties: { noise: Array.from({ length: 300 }, randomUUID).join('') } });
  expect(packEvents([event], 1024).flatMap(unpackEvents)).toEqual([event]);
});

test('what packs very well never unpacks to more than is read again', () => {
  const events = Array.from({ length: 1500 }, () => someEvent({ properties: { text: 'a'.repeat(30_000) } }));
  const pieces = packEvents(events, bytesMax);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.flatMap(unpackEvents)).toHaveLength(1500);
});

test('a bomb is refused before it fills the memory', () => {
  const bytes = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  expect(() => unpackEvents({ dictionary: 1, bytes })).toThrow();
});
