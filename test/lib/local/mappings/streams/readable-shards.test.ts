import { expect, test } from 'vitest';
import { readableShards } from '../../../../../lib/local/mappings/streams/readable-shards.ts';

const shards = [
  { id: 'a', parents: [] },
  { id: 'b', parents: [] },
  { id: 'a1', parents: ['a'] },
  { id: 'ab', parents: ['a', 'b'] },
  { id: 'late', parents: ['gone'] },
];

test.each<[string, string[], string[]]>([
  ['at first only those without parents', [], ['a', 'b', 'late']],
  ['children of a finished parent', ['a'], ['b', 'a1', 'late']],
  ['a merged shard waits for both parents', ['a', 'b'], ['a1', 'ab', 'late']],
  ['what is finished is not read again', ['a', 'b', 'a1', 'ab', 'late'], []],
])('%s', (_name, finished, expected) => {
  expect(readableShards(shards, new Set(finished)).map(({ id }) => id)).toEqual(expected);
});
