import { describe, expect, test } from 'vitest';
import { afterFailure, type Piece, type RetryRules } from '../../../../../lib/local/mappings/streams/after-failure.ts';
import { records } from './records.ts';

const piece = (count: number, failures = 0): Piece => ({ records: records(count), failures, invocations: failures });

const sequences = ({ records: list }: { records: { sequence: string }[] }): string =>
  list.map(one => one.sequence).join('');

const outcome = (given: Piece, from: number, rules: RetryRules) => {
  const { done, again, givenUp } = afterFailure(given, from, rules);
  return {
    done: sequences({ records: done }),
    again: again.map(one => `${sequences(one)} after ${one.failures}`),
    givenUp: givenUp && sequences(givenUp),
  };
};

describe('without bisecting', () => {
  const rules = { bisects: false, retriesMax: 2 };

  test.each<[string, Piece, number, unknown]>([
    ['the whole comes again', piece(3), 0, { done: '', again: ['123 after 1'], givenUp: undefined }],
    ['the last retry is taken', piece(3, 1), 0, { done: '', again: ['123 after 2'], givenUp: undefined }],
    ['after the retries the whole is given up', piece(3, 2), 0, { done: '', again: [], givenUp: '123' }],
    ['what stands before a failure is done', piece(4, 2), 2, { done: '12', again: ['34 after 1'], givenUp: undefined }],
  ])('%s', (_name, given, from, expected) => {
    expect(outcome(given, from, rules)).toEqual(expected);
  });

  test('without retries what failed is given up at once', () => {
    expect(outcome(piece(3), 1, { bisects: false, retriesMax: 0 })).toEqual({ done: '1', again: [], givenUp: '23' });
  });

  test('without a limit nothing is given up', () => {
    const rest = outcome(piece(1, 10_000), 0, { bisects: false, retriesMax: Number.POSITIVE_INFINITY });
    expect(rest.givenUp).toBeUndefined();
  });
});

describe('bisecting', () => {
  const rules = { bisects: true, retriesMax: 1 };

  test.each<[string, Piece, number, unknown]>([
    [
      'halves come in order and take no retry',
      piece(5),
      0,
      { done: '', again: ['123 after 0', '45 after 0'], givenUp: undefined },
    ],
    [
      'a partial failure is the place of the split',
      piece(5),
      3,
      { done: '123', again: ['45 after 0'], givenUp: undefined },
    ],
    ['a record alone takes retries', piece(1), 0, { done: '', again: ['1 after 1'], givenUp: undefined }],
    ['a record alone is given up after them', piece(1, 1), 0, { done: '', again: [], givenUp: '1' }],
  ])('%s', (_name, given, from, expected) => {
    expect(outcome(given, from, rules)).toEqual(expected);
  });
});
