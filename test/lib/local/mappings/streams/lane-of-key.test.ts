import { expect, test } from 'vitest';
import { laneOfKey } from '../../../../../lib/local/mappings/streams/lane-of-key.ts';

test.each([2, 4])('the buckets of events are spread evenly over %i lanes', count => {
  const lanes = Array.from({ length: 16 }, (_, bucket) => laneOfKey(`bucket-${bucket}`, count));
  for (let lane = 0; lane < count; lane += 1) expect(lanes.filter(one => one === lane)).toHaveLength(16 / count);
});

test('a key has the same lane at every start', () => {
  expect(['bucket-1', 'bucket-2', '{"pk":{"S":"P#profile-1"}}'].map(key => laneOfKey(key, 8))).toEqual([5, 4, 1]);
});
