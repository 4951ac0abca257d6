import { SendMessageBatchCommand, type SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { sqsQueue } from '../../../functions/adapters/sqs-queue.ts';

const mock = mockClient(SQSClient);
const attemptsMax = 4;
const queue = sqsQueue<{ n: number }>(new SQSClient({ region: 'us-east-1' }), 'https://queue', {
  attemptsMax,
  pause: async () => undefined,
});

beforeEach(() => mock.reset());

const bodies = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
const sent = () =>
  mock.commandCalls(SendMessageBatchCommand).map(call => call.args[0].input.Entries?.map(entry => entry.MessageBody));

const answer = (refused: (body: string | undefined) => boolean) => (input: SendMessageBatchCommandInput) => {
  const entries = input.Entries ?? [];
  return {
    Successful: entries.filter(one => !refused(one.MessageBody)).map(({ Id }) => ({ Id })),
    Failed: entries.filter(one => refused(one.MessageBody)).map(({ Id }) => ({ Id, Code: 'Throttled' })),
  };
};

test('ten messages go at a time, every one once', async () => {
  mock.on(SendMessageBatchCommand).callsFake(answer(() => false));
  await queue.send(bodies(25));
  expect(sent().map(batch => batch?.length)).toEqual([10, 10, 5]);
  expect(new Set(sent().flat()).size).toBe(25);
});

test('messages of one request have at most 256 KB together', async () => {
  mock.on(SendMessageBatchCommand).callsFake(answer(() => false));
  const large = Array.from({ length: 25 }, (_, n) => ({ n, text: 'x'.repeat(40_000) }));
  await queue.send(large);
  const bytes = sent().map(batch => (batch ?? []).reduce((sum, body) => sum + (body?.length ?? 0), 0));
  expect(Math.max(...bytes)).toBeLessThanOrEqual(256 * 1024);
  expect(sent().flat()).toHaveLength(25);
});

test('only what was refused is sent again', async () => {
  mock
    .on(SendMessageBatchCommand)
    .callsFakeOnce(answer(body => body !== '{"n":1}'))
    .callsFake(answer(() => false));
  await queue.send(bodies(3), 30);
  expect(sent()).toEqual([
    ['{"n":0}', '{"n":1}', '{"n":2}'],
    ['{"n":0}', '{"n":2}'],
  ]);
  const [entry] = mock.commandCalls(SendMessageBatchCommand)[1]?.args[0].input.Entries ?? [];
  expect(entry?.DelaySeconds).toBe(30);
});

test.each([
  ['always refuses', () => mock.on(SendMessageBatchCommand).callsFake(answer(() => true))],
  ['does not answer', () => mock.on(SendMessageBatchCommand).rejects(new Error('socket hang up'))],
])('a queue that %s is not available, after bounded attempts', async (_, behave) => {
  behave();
  await expect(queue.send(bodies(2))).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: expect.anything() });
  expect(sent()).toHaveLength(attemptsMax);
});
