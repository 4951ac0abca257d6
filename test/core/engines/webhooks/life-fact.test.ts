import { expect, test } from 'vitest';
import { lifeFact } from '../../../../core/engines/webhooks/life-fact.ts';
import { emptyCounters, type Head, type Life } from '../../../../core/model/profile-state.ts';

const head = (life: Life | undefined): Head | undefined =>
  life && { version: 1, life, createdAt: 0, updatedAt: 0, counters: emptyCounters(0), ring: [], pages: 0 };

test.each([
  [undefined, 'live', 'profile.created'],
  ['live', 'live', undefined],
  ['live', 'merged', 'profile.merged'],
  ['merged', 'live', 'profile.unmerged'],
  ['merged', 'merged', undefined],
  ['live', 'erased', 'profile.erased'],
  ['merged', 'erased', 'profile.erased'],
  ['erased', 'erased', undefined],
  ['erased', undefined, undefined],
] as const)('from %s to %s: %s', (before, after, fact) => {
  expect(lifeFact(head(before), head(after))).toBe(fact);
});
