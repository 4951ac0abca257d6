import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type EventSourceMappingOptions, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { workerFile } from '../../core/contract/handler-file.ts';
import type { StreamConsumer } from '../../core/contract/workers.ts';
import type { Wiring } from '../wiring.ts';
import { PlatformAlarm } from './platform-alarm.ts';
import { PlatformFunction } from './platform-function.ts';
import type { PlatformParts } from './platform-parts.ts';
import { streamWindowSeconds } from './stream-window.ts';

/** A consumer of the event stream or of the table's stream. */
export interface StreamWorkerProps {
  parts: PlatformParts;
  consumer: StreamConsumer;
  wiring: Wiring;
  /** The deployment's event window. */
  flushSeconds: number;
  logGroup: LogGroup;
}

/** How long a record is tried: less than each stream keeps it, so that a failure reaches the bucket. */
const recordAgeMax = { events: Duration.days(6), table: Duration.hours(23) } as const;

const sourceArn = (consumer: StreamConsumer, { data }: PlatformParts): string => {
  if (consumer.source === 'events') return data.events.streamArn;
  if (data.table.tableStreamArn) return data.table.tableStreamArn;
  throw new Error(`The table has no stream, so ${consumer.id} has nothing to consume: turn the stream on.`);
};

const readActions = {
  events: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStreamSummary', 'kinesis:ListShards'],
  table: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
} as const;

/** A tumbling window keeps state per shard: Lambda then works one batch of it at a time and never splits one. */
const delivery = (consumer: StreamConsumer): Partial<EventSourceMappingOptions> =>
  consumer.tumblingWindowSeconds === undefined
    ? { bisectBatchOnError: true, parallelizationFactor: consumer.parallelization }
    : { tumblingWindow: Duration.seconds(consumer.tumblingWindowSeconds) };

/** A function on a stream: retried with limits, failed batches kept whole in a bucket, an alarm when it falls behind. */
export class StreamWorker extends Construct {
  constructor(scope: Construct, id: string, props: StreamWorkerProps) {
    super(scope, id);
    const handler = this.#createHandler(props);
    this.#createMapping(handler, props);
    this.#createAlarm(handler, props);
  }

  #createHandler({ parts, consumer, wiring, logGroup }: StreamWorkerProps): PlatformFunction {
    const read = new PolicyStatement({
      actions: [...readActions[consumer.source]],
      resources: [sourceArn(consumer, parts)],
    });
    const key = new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [parts.data.key.keyArn],
    });
    return new PlatformFunction(this, consumer.id, {
      parts,
      logGroup,
      wiring,
      file: workerFile('streams', consumer.id),
      description: consumer.summary,
      timeoutSeconds: consumer.timeoutSeconds,
      drivenBy: [read, key],
      policies: [parts.data.keepFailedRecords],
    });
  }

  #createMapping(handler: PlatformFunction, { parts, consumer, flushSeconds }: StreamWorkerProps): void {
    new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: sourceArn(consumer, parts),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: consumer.batchSize,
      maxBatchingWindow: Duration.seconds(streamWindowSeconds(consumer, flushSeconds)),
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: recordAgeMax[consumer.source],
      onFailure: { bind: () => ({ destination: parts.data.failedRecords.bucketArn }) },
      ...delivery(consumer),
    });
  }

  #createAlarm(handler: PlatformFunction, { parts, consumer }: StreamWorkerProps): void {
    new PlatformAlarm(this, 'Alarm', {
      alarmDescription: `${consumer.id} is more than 5 minutes behind its stream: read its log and the failed records.`,
      metric: handler.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(5).toMilliseconds(),
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmTopicArn: parts.alarmTopicArn,
    });
  }
}
