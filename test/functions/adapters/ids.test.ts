import { expect, test } from 'vitest';
import { newId, nextEventId } from '../../../functions/adapters/ids.ts';

const ulid = /^event-[0-9a-hjkmnp-tv-z]{26}$/;
const at = Date.parse('2026-02-15T12:00:00Z');

test('an id names its kind and is a ULID, which no other is', () => {
  const ids = Array.from({ length: 100 }, () => newId('event'));
  expect(ids.every(id => ulid.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(100);
});

test('event ids rise strictly, within a millisecond and when the clock goes back', () => {
  const times = [at, at, at, at + 5, at + 4, at, at + 6];
  const ids = times.flatMap(time => Array.from({ length: 2_000 }, () => nextEventId(time)));
  expect(ids.every(id => ulid.test(id))).toBe(true);
  expect(ids.every((id, index) => index === 0 || id > String(ids[index - 1]))).toBe(true);
});

test('event ids of one millisecond begin alike, those of another do not', () => {
  const startOf = (time: number) => nextEventId(time).slice(0, 'event-'.length + 10);
  const [first, second, later] = [at + 1_000, at + 1_000, at + 1_001].map(startOf);
  expect(second).toBe(first);
  expect(String(later) > String(second)).toBe(true);
});
