import { expect, test } from 'vitest';
import { failedFrom } from '../../../../../lib/local/mappings/streams/failed-from.ts';
import type { InvocationResult } from '../../../../../lib/local/worker/invocation.ts';
import { records } from './records.ts';

const answered = (answer?: unknown): InvocationResult => ({
  requestId: 'request',
  kind: 'answered',
  json: answer === undefined ? undefined : JSON.stringify(answer),
});

const failures = (...itemIdentifiers: unknown[]) =>
  answered({ batchItemFailures: itemIdentifiers.map(itemIdentifier => ({ itemIdentifier })) });

test.each<[string, InvocationResult, number | undefined]>([
  ['an error', { requestId: 'request', kind: 'failed', message: 'no' }, 0],
  ['a timeout', { requestId: 'request', kind: 'timedOut' }, 0],
  ['no answer', answered(), undefined],
  ['null', answered(null), undefined],
  ['an empty answer', answered({}), undefined],
  ['no list', answered({ batchItemFailures: null }), undefined],
  ['an empty list', answered({ batchItemFailures: [] }), undefined],
  ['one failure', failures('3'), 2],
  ['the lowest of several failures', failures('4', '2', '3'), 1],
  ['an empty identifier', failures('3', ''), 0],
  ['null as identifier', failures(null), 0],
  ['another name for the identifier', answered({ batchItemFailures: [{ id: '3' }] }), 0],
  ['an identifier of no record', failures('3', '99'), 0],
])('%s', (_name, result, expected) => {
  expect(failedFrom(result, records(5), true)).toBe(expected);
});

test('a mapping that does not ask for failures is told none', () => {
  expect(failedFrom(failures('3'), records(5), false)).toBeUndefined();
});
