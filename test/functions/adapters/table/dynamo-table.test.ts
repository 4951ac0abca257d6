import {
  ConditionalCheckFailedException,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { ConditionRefused, TransactionRefused } from '../../../../core/ports/table.ts';
import { openDocumentClient } from '../../../../functions/adapters/clients.ts';
import { dynamoTable } from '../../../../functions/adapters/table/dynamo-table.ts';

const mock = mockClient(DynamoDBDocumentClient);
const pauses: number[] = [];
const attemptsMax = 4;
const pause = async (attempt: number) => void pauses.push(attempt);
const table = dynamoTable(openDocumentClient({ region: 'us-east-1' }), 't', { patience: { attemptsMax, pause } });

beforeEach(() => {
  mock.reset();
  pauses.length = 0;
});

const about = { message: 'no', $metadata: {} };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...about, CancellationReasons: codes.map(Code => ({ Code })) });
const put = (sk: string) => ({ kind: 'put' as const, item: { pk: 'p', sk } });
const tokens = () => mock.commandCalls(TransactWriteCommand).map(call => call.args[0].input.ClientRequestToken);

test('a transaction that only met another one is sent again with the same token', async () => {
  mock.on(TransactWriteCommand).rejectsOnce(cancelled('None', 'TransactionConflict')).resolves({});
  await table.transact([put('a'), put('b')]);
  expect(tokens()).toHaveLength(2);
  expect(new Set(tokens()).size).toBe(1);
  expect(tokens()[0]).toMatch(/^.{36}$/);
});

test('two transactions never share a token', async () => {
  mock.on(TransactWriteCommand).resolves({});
  await table.transact([put('a')]);
  await table.transact([put('a')]);
  expect(new Set(tokens()).size).toBe(2);
});

test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
  'a transaction that always meets %s is given up after bounded attempts',
  async code => {
    mock.on(TransactWriteCommand).rejects(cancelled(code));
    await expect(table.transact([put('a')])).rejects.toBeInstanceOf(TransactionCanceledException);
    expect(tokens()).toHaveLength(attemptsMax);
    expect(pauses).toEqual([0, 1, 2]);
  },
);

test('a condition that failed beside a conflict is a refusal, at once', async () => {
  mock.on(TransactWriteCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed', 'None'));
  const refusal = table.transact([put('a'), put('b'), put('c')]);
  await expect(refusal).rejects.toBeInstanceOf(TransactionRefused);
  await expect(refusal).rejects.toMatchObject({ refused: [false, true, false] });
  expect(tokens()).toHaveLength(1);
});

test('an invalid transaction is neither retried nor called refused', async () => {
  mock.on(TransactWriteCommand).rejects(cancelled('ValidationError', 'TransactionConflict'));
  await expect(table.transact([put('a'), put('b')])).rejects.toBeInstanceOf(TransactionCanceledException);
  expect(tokens()).toHaveLength(1);
});

test('a single write waits for a transaction on its item', async () => {
  mock.on(PutCommand).rejectsOnce(new TransactionConflictException(about)).resolves({});
  await table.write(put('a'));
  expect(mock.commandCalls(PutCommand)).toHaveLength(2);
});

test('a failed condition is a refusal that keeps its cause', async () => {
  const cause = new ConditionalCheckFailedException(about);
  mock.on(PutCommand).rejects(cause);
  const refusal = table.write(put('a'));
  await expect(refusal).rejects.toBeInstanceOf(ConditionRefused);
  await expect(refusal).rejects.toMatchObject({ cause });
});

test('what the SDK could not get through is thrown as it is', async () => {
  const throttled = new ProvisionedThroughputExceededException(about);
  mock.on(PutCommand).rejects(throttled);
  await expect(table.write(put('a'))).rejects.toBe(throttled);
});

test('what a batch leaves over is sent again until it is done', async () => {
  const request = (sk: string) => ({ PutRequest: { Item: { pk: 'p', sk } } });
  mock
    .on(BatchWriteCommand)
    .resolvesOnce({ UnprocessedItems: { t: [request('b'), request('c')] } })
    .resolvesOnce({ UnprocessedItems: { t: [request('b'), request('c')] } })
    .resolvesOnce({ UnprocessedItems: { t: [request('c')] } })
    .resolves({});
  await table.writeMany([put('a'), put('b'), put('c')]);
  const sent = mock.commandCalls(BatchWriteCommand).map(call => call.args[0].input.RequestItems?.t?.length);
  expect(sent).toEqual([3, 2, 2, 1]);
});

test('a batch without any progress is given up with the reason', async () => {
  mock.on(BatchWriteCommand).callsFake(input => ({ UnprocessedItems: input.RequestItems }));
  await expect(table.writeMany([put('a')])).rejects.toThrow('throttled');
  expect(mock.commandCalls(BatchWriteCommand)).toHaveLength(attemptsMax);
});

test('keys that a batch leaves over are read again', async () => {
  const [a, b] = [put('a').item, put('b').item];
  mock
    .on(BatchGetCommand)
    .resolvesOnce({ Responses: { t: [a] }, UnprocessedKeys: { t: { Keys: [b] } } })
    .resolves({ Responses: { t: [b] } });
  expect(await table.getMany([a, b])).toEqual([a, b]);
});

const fresh = (sk: string) => ({ ...put(sk), when: [{ attribute: 'pk', is: 'absent' as const }] });
const sortKeysSent = () =>
  mock
    .commandCalls(BatchExecuteStatementCommand)
    .map(call => call.args[0].input.Statements?.map(({ Parameters = [] }) => Parameters[1]));

test('a refused statement holds up no other, and throttled ones are sent again alone', async () => {
  mock
    .on(BatchExecuteStatementCommand)
    .resolvesOnce({
      Responses: [
        {},
        { Error: { Code: 'DuplicateItem' } },
        { Error: { Code: 'ThrottlingError' } },
        { Error: { Code: 'TransactionConflict' } },
      ],
    })
    .resolvesOnce({ Responses: [{ Error: { Code: 'ConditionalCheckFailed' } }, {}] });
  expect(await table.writeEach(['a', 'b', 'c', 'd'].map(fresh))).toEqual([true, false, false, true]);
  expect(sortKeysSent()).toEqual([
    ['a', 'b', 'c', 'd'],
    ['c', 'd'],
  ]);
});

test('statements that stay throttled are given up after bounded attempts', async () => {
  mock.on(BatchExecuteStatementCommand).resolves({ Responses: [{ Error: { Code: 'ProvisionedThroughputExceeded' } }] });
  await expect(table.writeEach([fresh('a')])).rejects.toThrow('throttled');
  expect(sortKeysSent()).toHaveLength(attemptsMax);
});

test('a statement that is wrong fails the call and is not called refused', async () => {
  mock
    .on(BatchExecuteStatementCommand)
    .resolves({ Responses: [{ Error: { Code: 'ValidationError', Message: 'not well formed' } }] });
  await expect(table.writeEach([fresh('a')])).rejects.toThrow('ValidationError: not well formed');
  expect(sortKeysSent()).toHaveLength(1);
});
