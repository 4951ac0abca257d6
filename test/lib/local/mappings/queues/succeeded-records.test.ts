import { expect, test } from 'vitest';
import { queueRecord } from '../../../../../lib/local/mappings/queues/queue-record.ts';
import { succeededRecords } from '../../../../../lib/local/mappings/queues/succeeded-records.ts';
import type { InvocationResult } from '../../../../../lib/local/worker/invocation.ts';

const records = ['a', 'b', 'c'].map(MessageId => queueRecord({ MessageId }, 'arn:queue', 'eu-test-1'));

const failures = (...itemIdentifiers: unknown[]): InvocationResult => ({
  requestId: 'request',
  kind: 'answered',
  json: JSON.stringify({ batchItemFailures: itemIdentifiers.map(itemIdentifier => ({ itemIdentifier })) }),
});

test.each<[string, InvocationResult, string[]]>([
  ['an error', { requestId: 'request', kind: 'failed', message: 'no' }, []],
  ['a timeout', { requestId: 'request', kind: 'timedOut' }, []],
  ['no answer', { requestId: 'request', kind: 'answered', json: undefined }, ['a', 'b', 'c']],
  ['no failures', failures(), ['a', 'b', 'c']],
  ['one failure', failures('b'), ['a', 'c']],
  ['an empty identifier', failures('b', ''), []],
  ['null as identifier', failures(null), []],
  ['an identifier of no message', failures('z'), []],
])('after %s these may be deleted', (_name, result, expected) => {
  expect(succeededRecords(result, records, true).map(({ messageId }) => messageId)).toEqual(expected);
});

test('a mapping that does not ask for failures deletes all after an answer', () => {
  expect(succeededRecords(failures('a'), records, false)).toHaveLength(3);
});
