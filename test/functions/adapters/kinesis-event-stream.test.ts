import { KinesisClient, PutRecordsCommand, type PutRecordsCommandInput } from '@aws-sdk/client-kinesis';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { kinesisEventStream } from '../../../functions/adapters/kinesis-event-stream.ts';
import { type Envelope, openEnvelope } from '../../../functions/adapters/stores/envelope.ts';
import { someEvent } from '../../fixtures/profile-states.ts';

const mock = mockClient(KinesisClient);
const pauses: number[] = [];
const attemptsMax = 4;
const pause = async (attempt: number) => void pauses.push(attempt);
const spilled: Envelope[] = [];
let queueTakes = true;
const stream = kinesisEventStream({
  client: new KinesisClient({ region: 'us-east-1' }),
  streamName: 'events',
  patience: { attemptsMax, pause },
  spill: async envelopes => {
    if (!queueTakes) throw new Error('no queue either');
    spilled.push(...envelopes);
  },
});

beforeEach(() => {
  mock.reset();
  pauses.length = 0;
  spilled.length = 0;
  queueTakes = true;
});

/** Events of people who are in different buckets, so that each is a record of its own. */
const events = ['1', '2', '3'].map(value => someEvent({ identifiers: [{ type: 'customerId', value }] }));
const sent = () => mock.commandCalls(PutRecordsCommand).map(call => call.args[0].input.Records?.length);
const eventsSent = (call: number) =>
  (mock.commandCalls(PutRecordsCommand)[call]?.args[0].input.Records ?? [])
    .flatMap(({ Data }) => openEnvelope(Data ?? new Uint8Array()).events)
    .map(event => event.id);

const stored = { SequenceNumber: '1', ShardId: 's' };
const throttled = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' };
/** Answers a request: `refused` tells which of its records are not stored. */
const answer = (refused: (index: number) => boolean) => (input: PutRecordsCommandInput) => ({
  Records: (input.Records ?? []).map((_, index) => (refused(index) ? throttled : stored)),
});

test('only what was refused is sent again, until all is stored', async () => {
  mock
    .on(PutRecordsCommand)
    .callsFakeOnce(answer(index => index !== 1))
    .callsFakeOnce(answer(index => index === 0))
    .callsFake(answer(() => false));
  await stream.put(events);
  expect(sent()).toEqual([3, 2, 1]);
  expect(eventsSent(2)).toEqual([eventsSent(1)[0]]);
  expect(eventsSent(1)).toEqual([eventsSent(0)[0], eventsSent(0)[2]]);
  expect(pauses).toEqual([0, 1]);
});

test('a record that the answer does not mention is not taken for stored', async () => {
  mock
    .on(PutRecordsCommand)
    .resolvesOnce({ Records: [stored] })
    .callsFake(answer(() => false));
  await stream.put(events);
  expect(sent()).toEqual([3, 2]);
});

const outages = [
  ['always refuses some', () => mock.on(PutRecordsCommand).callsFake(answer(index => index === 0)), [3, 1, 1, 1]],
  ['does not answer', () => mock.on(PutRecordsCommand).rejects(new Error('socket hang up')), [3, 3, 3, 3]],
] as const;

test.each(outages)(
  'what a stream that %s has not taken after bounded attempts is spilled',
  async (_, behave, requests) => {
    behave();
    await stream.put(events);
    expect(sent()).toEqual(requests);
    const ids = spilled.flatMap(({ data }) => openEnvelope(data).events).map(event => event.id);
    expect(ids).toEqual(eventsSent(3));
  },
);

test.each(outages)('where the queue refuses, too, a stream that %s is not available', async (_, behave) => {
  behave();
  queueTakes = false;
  await expect(stream.put(events)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    status: 503,
    cause: expect.any(AggregateError),
  });
  expect(spilled).toEqual([]);
});

test('the parts of a batch keep their numbers, whichever way they go', async () => {
  mock.on(PutRecordsCommand).callsFake(answer(index => index !== 1));
  await stream.put(events, 'batch-1');
  const parts = [...mock.commandCalls(PutRecordsCommand)].map(call =>
    (call.args[0].input.Records ?? []).map(({ Data }) => openEnvelope(Data ?? new Uint8Array()).part?.part),
  );
  expect(parts[0]).toEqual([0, 1, 2]);
  expect(spilled.map(({ data }) => openEnvelope(data).part)).toEqual(
    parts[3]?.map(part => ({ batchId: 'batch-1', part })),
  );
});

test('nothing to put is no request', async () => {
  await stream.put([]);
  expect(sent()).toEqual([]);
});
