import { expect, test } from 'vitest';
import { failureKey, invocationRecord } from '../../../../../lib/local/mappings/streams/failure-destination.ts';
import { records } from './records.ts';

const now = new Date('2026-01-31T10:20:30.400Z');

test('the key tells mapping, shard and time, as Lambda has it', () => {
  expect(failureKey('uuid', 'shard', now, 'random')).toBe(
    'aws/lambda/uuid/shard/2026/01/31/2026-01-31T10.20.30-random',
  );
});

const given = {
  piece: { records: records(3), failures: 2, invocations: 3 },
  condition: 'RetryAttemptsExhausted',
  shardId: 'shard',
  functionArn: 'arn:function',
  source: { arn: 'arn:stream', batchInfo: 'DDBStreamBatchInfo' },
  result: { requestId: 'request', kind: 'timedOut' },
  event: { Records: [1] },
} as const;

test('the record tells the invocation and the batch, and carries the event as text', () => {
  expect(invocationRecord(given, now)).toEqual({
    requestContext: {
      requestId: 'request',
      functionArn: 'arn:function',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 3,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-01-31T10:20:30.400Z',
    DDBStreamBatchInfo: {
      shardId: 'shard',
      startSequenceNumber: '1',
      endSequenceNumber: '3',
      approximateArrivalOfFirstRecord: '1970-01-01T00:16:40.000Z',
      approximateArrivalOfLastRecord: '1970-01-01T00:16:40.002Z',
      batchSize: 3,
      streamArn: 'arn:stream',
    },
    payload: '{"Records":[1]}',
  });
});

test('a partial failure is no error of the function', () => {
  const result = { requestId: 'request', kind: 'answered', json: '{}' } as const;
  expect(invocationRecord({ ...given, result }, now).responseContext?.functionError).toBeNull();
});
