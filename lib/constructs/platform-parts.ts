import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { MessageId } from '../../core/contract/messages.ts';
import type { CdpDataResources } from './data-resources.ts';
import type { HandlerCode } from './handler-code.ts';
import type { WorkQueue } from './work-queue.ts';

/** What every function of the platform may be given: the data, the queues, the code and the environment. */
export interface PlatformParts {
  data: CdpDataResources;
  queues: Readonly<Record<MessageId, WorkQueue>>;
  /** Where other systems of the account are told what happens. */
  eventBus: IEventBus;
  code: HandlerCode;
  /** The engine of functions that ask questions. */
  queryLayer: ILayerVersion;
  /** The same for every function: locally they share one process. */
  environment: Readonly<Record<string, string>>;
  /** What the edge proves itself with. */
  originSecret: ISecret;
  alarmTopicArn: string | undefined;
}
