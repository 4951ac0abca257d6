import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { awsPipelineProbe } from '../../../functions/adapters/aws-pipeline-probe.ts';
import { tableProgressStore } from '../../../functions/adapters/stores/table-progress-store.ts';
import { memoryTable } from '../../../functions/adapters/table/memory-table.ts';

const kinesis = mockClient(KinesisClient);
const sqs = mockClient(SQSClient);

beforeEach(() => {
  kinesis.reset();
  sqs.reset();
});

const probe = async (reported: boolean) => {
  const progress = tableProgressStore(memoryTable());
  if (reported) await progress.report('foldEvents', { shard: 's-1', sequence: '7', at: 0 });
  return awsPipelineProbe({
    sqs: new SQSClient({ region: 'us-east-1' }),
    queues: [{ name: 'evaluate', url: 'https://queue', deadLetterUrl: 'https://dead' }],
    kinesis: new KinesisClient({ region: 'us-east-1' }),
    streamName: 'events',
    consumer: 'foldEvents',
    progress,
  }).stages();
};

const shard = (records: { ApproximateArrivalTimestamp: Date }[]) => {
  kinesis.on(ListShardsCommand).resolves({ Shards: [{ ShardId: 's-1' }] as never });
  kinesis.on(GetShardIteratorCommand).resolves({ ShardIterator: 'i' });
  kinesis.on(GetRecordsCommand).resolves({ Records: records as never, MillisBehindLatest: 0 });
};
const depth = (visible: number, inWork: number, delayed: number) => ({
  Attributes: {
    ApproximateNumberOfMessages: `${visible}`,
    ApproximateNumberOfMessagesNotVisible: `${inWork}`,
    ApproximateNumberOfMessagesDelayed: `${delayed}`,
  },
});

test('a queue is as deep as what waits, what is in work and what is to come later', async () => {
  shard([]);
  sqs.on(GetQueueAttributesCommand, { QueueUrl: 'https://queue' }).resolves(depth(1, 2, 4));
  sqs.on(GetQueueAttributesCommand, { QueueUrl: 'https://dead' }).resolves(depth(8, 0, 0));
  expect(await probe(true)).toEqual([
    { name: 'foldEvents', kind: 'stream', lagMs: 0 },
    { name: 'evaluate', kind: 'queue', depth: 7, dlq: 8 },
  ]);
});

test.each([
  [
    'behind what the consumer has reported',
    true,
    { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: '7' },
  ],
  ['from the beginning of a shard that it has not begun', false, { ShardIteratorType: 'TRIM_HORIZON' }],
])('the lag is the age of the oldest record %s', async (_, reported, from) => {
  shard([{ ApproximateArrivalTimestamp: new Date(Date.now() - 5000) }]);
  sqs.on(GetQueueAttributesCommand).resolves(depth(0, 0, 0));
  const [stream] = await probe(reported);
  expect(stream?.lagMs).toBeGreaterThanOrEqual(5000);
  expect(kinesis.commandCalls(GetShardIteratorCommand)[0]?.args[0].input).toMatchObject(from);
});
