import { ArnFormat, Duration, Names, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Message } from '../../core/contract/messages.ts';
import { acknowledge } from '../acknowledgements.ts';
import { PlatformAlarm } from './platform-alarm.ts';

/** What a work queue needs to know of its message, and whom its alarm tells. */
export interface WorkQueueProps {
  message: Pick<Message, 'id' | 'timeoutSeconds' | 'windowSeconds'>;
  alarmTopicArn?: string;
}

/** A queue with its dead letters (14 days, redrive from this queue alone) and an alarm on the first of them. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    // A name of its own lets the dead letter queue name its source without a circle between the two.
    const queueName = Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    this.deadLetters = this.#createDeadLetters(queueName);
    this.queue = this.#createQueue(queueName, props.message);
    this.#createAlarm(props);
  }

  #createDeadLetters(sourceName: string): Queue {
    const sourceArn = Stack.of(this).formatArn({
      service: 'sqs',
      resource: sourceName,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', sourceArn)],
      },
    });
    acknowledge(deadLetters, 'lastQueue');
    return deadLetters;
  }

  /** A message stays hidden for six timeouts of its consumer and the time that a batch may wait. */
  #createQueue(queueName: string, message: WorkQueueProps['message']): Queue {
    return new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(6 * message.timeoutSeconds + message.windowSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  #createAlarm({ message, alarmTopicArn }: WorkQueueProps): void {
    new PlatformAlarm(this, 'Alarm', {
      alarmDescription: `Messages of ${message.id} failed for good: read the consumer's log, mend, redrive.`,
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmTopicArn,
    });
  }
}
