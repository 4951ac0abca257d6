import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PipelineProbe, StageDepth } from '../../core/ports/pipeline-probe.ts';
import type { Progress, ProgressStore } from '../../core/ports/progress-store.ts';

/** A queue with its dead letters, by the id of its message. */
export interface QueueAddress {
  name: string;
  url: string;
  deadLetterUrl: string;
}

interface Sources {
  sqs: SQSClient;
  queues: readonly QueueAddress[];
  kinesis: KinesisClient;
  streamName: string;
  consumer: string;
  progress: ProgressStore;
}

/** Asks the queues for their depth, and the event stream for what lies behind the consumer's progress. */
export const awsPipelineProbe = ({ sqs, queues, ...stream }: Sources): PipelineProbe => ({
  stages: async () => [await streamStage(stream), ...(await Promise.all(queues.map(queue => queueStage(sqs, queue))))],
});

const queueStage = async (sqs: SQSClient, { name, url, deadLetterUrl }: QueueAddress): Promise<StageDepth> => ({
  name,
  kind: 'queue',
  depth: await depthOf(sqs, url),
  dlq: await depthOf(sqs, deadLetterUrl),
});

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

const depthOf = async (sqs: SQSClient, url: string): Promise<number> => {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...counts] }),
  );
  return counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
};

const streamStage = async (stream: Omit<Sources, 'sqs' | 'queues'>): Promise<StageDepth> => {
  const { Shards = [] } = await stream.kinesis.send(new ListShardsCommand({ StreamName: stream.streamName }));
  const reports = new Map((await stream.progress.of(stream.consumer)).map(report => [report.shard, report]));
  const lags = await Promise.all(
    Shards.map(shard => lagOf(stream, String(shard.ShardId), reports.get(String(shard.ShardId)))),
  );
  return { name: stream.consumer, kind: 'stream', lagMs: Math.max(0, ...lags) };
};

/** The age of the oldest record that the consumer has not reported as done; 0 when there is none. */
const lagOf = async (
  { kinesis, streamName }: Omit<Sources, 'sqs' | 'queues'>,
  shard: string,
  report: Progress | undefined,
): Promise<number> => {
  const from = report
    ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: report.sequence } as const)
    : ({ ShardIteratorType: 'TRIM_HORIZON' } as const);
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName: streamName, ShardId: shard, ...from }),
  );
  const { Records = [], MillisBehindLatest = 0 } = await kinesis.send(
    new GetRecordsCommand({ ShardIterator, Limit: 1 }),
  );
  const arrived = Records[0]?.ApproximateArrivalTimestamp;
  return arrived ? Math.max(1, Date.now() - arrived.getTime()) : MillisBehindLatest;
};
