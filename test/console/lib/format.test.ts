import { expect, test } from 'vitest';
import { formatAgo, formatValue } from '../../../console/src/lib/format.ts';
import { jsonObjectOf } from '../../../console/src/lib/json-object-of.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');

test.each([
  ['2026-03-01T11:59:30.000Z', /30/],
  ['2026-03-01T09:00:00.000Z', /3/],
  ['2026-02-27T12:00:00.000Z', /2/],
])('%s is told in the largest unit that fits', (at, shown) => {
  expect(formatAgo(at, now)).toMatch(shown);
});

test('a value is one line, whatever it is', () => {
  expect([undefined, '', ['a', 1], { b: true }, false].map(formatValue)).toEqual([
    '–',
    '–',
    'a, 1',
    '{"b":true}',
    'false',
  ]);
});

test('only a JSON object is one', () => {
  expect([jsonObjectOf('{"a":1}'), jsonObjectOf('[1]'), jsonObjectOf('{')]).toEqual([{ a: 1 }, undefined, undefined]);
});
