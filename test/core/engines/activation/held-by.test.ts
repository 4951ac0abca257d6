import { expect, test } from 'vitest';
import { heldBy, nextRow, type Sending } from '../../../../core/engines/activation/held-by.ts';

const record = (state: Sending['state'], operation: Sending['operation'], digest?: string): Sending => ({
  state,
  operation,
  row: 7,
  digest,
});

test.each([
  [undefined, { state: 'no' }],
  [record('removed', 'remove'), { state: 'no' }],
  [record('sent', 'add', 'd'), { state: 'yes', digest: 'd' }],
  [record('sending', 'add', 'd'), { state: 'unknown' }],
  [record('sending', 'remove'), { state: 'unknown' }],
])('of %j the destination holds %j', (given, expected) => {
  expect(heldBy(given)).toEqual(expected);
});

test.each([
  [{ ...record('sent', 'add', 'd'), epoch: 'job-1' }, { epoch: 'job-1' }, 'yes'],
  [{ ...record('sent', 'add', 'd'), epoch: 'job-1' }, { epoch: 'job-2' }, 'no'],
  [record('sent', 'add', 'd'), { epoch: 'job-1' }, 'no'],
  [{ ...record('sending', 'add', 'd'), epoch: 'job-1' }, { epoch: 'job-2' }, 'unknown'],
  [record('sent', 'add', 'd'), { epoch: 'job-1', mixed: true }, 'unknown'],
  [{ ...record('sent', 'add', 'd'), epoch: 'job-1' }, { epoch: 'job-1', mixed: true }, 'yes'],
])('of %j, after the exchange %j, the destination holds: %s', (given, since, expected) => {
  expect(heldBy(given, since).state).toBe(expected);
});

test.each<[string, Sending | undefined, 'add' | 'remove', string | undefined, number]>([
  ['the first', undefined, 'add', 'd', 1],
  ['the same, whose answer was lost', record('sending', 'add', 'd'), 'add', 'd', 7],
  ['the same removal, whose answer was lost', record('sending', 'remove'), 'remove', undefined, 7],
  ['a person who changed while the answer was lost', record('sending', 'add', 'd'), 'add', 'e', 8],
  ['the contrary of what may have arrived', record('sending', 'add', 'd'), 'remove', undefined, 8],
  ['the next after one that arrived', record('sent', 'add', 'd'), 'add', 'd', 8],
  ['one who comes back', record('removed', 'remove'), 'add', 'd', 8],
])('%s', (_what, standing, operation, digest, expected) => {
  expect(nextRow(standing, operation, digest)).toBe(expected);
});
