import { describe, expect, test } from 'vitest';
import { placeIn, placeText } from '../../../core/model/feed-place.ts';

test.each([
  [{}],
  [{ 'shardId-00000001771151400123-0a1b2c3d': { to: '12345678901234567890', rows: 0 } }],
  [{ one: { to: '', rows: 3 }, two: { to: '7', rows: 12 } }],
])('the place %j comes back from its text', place => {
  expect(placeIn(placeText(place))).toEqual(place);
});

describe('what is no place', () => {
  test.each([
    '',
    'nonsense',
    'one:1',
    'one:a:0',
    'one:1:0,',
    'o ne:1:0',
    `${'a'.repeat(81)}:1:0`,
    `one:${'1'.repeat(41)}:0`,
    Array.from({ length: 65 }, (_, index) => `shard-${index}:1:0`).join(','),
  ])('%j', text => {
    expect(placeIn(text)).toBeUndefined();
  });
});
