import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { workerFile } from '../../core/contract/handler-file.ts';
import type { Message } from '../../core/contract/messages.ts';
import { acknowledge } from '../acknowledgements.ts';
import type { Wiring } from '../wiring.ts';
import { PlatformFunction } from './platform-function.ts';
import type { PlatformParts } from './platform-parts.ts';
import type { WorkQueue } from './work-queue.ts';

/** The consumer of one work queue. */
export interface QueueWorkerProps {
  parts: PlatformParts;
  message: Message;
  queue: WorkQueue;
  wiring: Wiring;
  logGroup: LogGroup;
}

/** A function on a queue that tells which messages failed; how many run at once is bounded by the mapping. */
export class QueueWorker extends Construct {
  constructor(scope: Construct, id: string, { parts, message, queue, wiring, logGroup }: QueueWorkerProps) {
    super(scope, id);
    const receive = new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
      resources: [queue.queue.queueArn],
    });
    const handler = new PlatformFunction(this, message.id, {
      parts,
      logGroup,
      wiring,
      file: workerFile('queues', message.id),
      description: message.summary,
      timeoutSeconds: message.timeoutSeconds,
      drivenBy: [receive],
    });
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: handler,
      eventSourceArn: queue.queue.queueArn,
      batchSize: message.batchSize,
      maxBatchingWindow: Duration.seconds(message.windowSeconds),
      maxConcurrency: Math.max(2, message.concurrencyMax),
      reportBatchItemFailures: true,
    });
    acknowledge(mapping, 'queueFailures');
  }
}
