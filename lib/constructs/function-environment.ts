import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { type MessageId, messages } from '../../core/contract/messages.ts';
import type { FunctionSettings } from '../settings.ts';
import type { CdpDataResources } from './data-resources.ts';
import type { WorkQueue } from './work-queue.ts';

/** `reevaluateProfile` → `REEVALUATE_PROFILE`. */
const upperSnake = (camelCase: string): string => camelCase.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase();

const queueAddresses = (queues: Readonly<Record<MessageId, WorkQueue>>): Record<string, string> =>
  Object.fromEntries(
    messages.flatMap(({ id }) => [
      [`QUEUE_URL_${upperSnake(id)}`, queues[id].queue.queueUrl],
      [`DLQ_URL_${upperSnake(id)}`, queues[id].deadLetters.queueUrl],
    ]),
  );

/** What the environment is made from. */
export interface FunctionEnvironmentProps {
  settings: FunctionSettings;
  data: CdpDataResources;
  queues: Readonly<Record<MessageId, WorkQueue>>;
  eventBus: IEventBus;
  originSecret: ISecret;
  /** Who issues the tokens of people, where the deployment names nobody. */
  signIn?: { issuer: string; clientId: string } | undefined;
}

/**
 * The environment of every function: the settings of the deployment and where its resources are.
 * The local platform has no edge, so there is no origin secret to ask for, no bus but the process’s own, and no Athena.
 */
export const functionEnvironment = (props: FunctionEnvironmentProps): Record<string, string> => ({
  ...props.settings,
  TABLE_NAME: props.data.table.tableName,
  EVENTS_STREAM_NAME: props.data.events.streamName,
  SEALS_TABLE_NAME: props.data.seals.tableName,
  LAKE_BUCKET_NAME: props.data.lake.bucketName,
  TRANSFERS_BUCKET_NAME: props.data.transfers.bucketName,
  AUDIT_BUCKET_NAME: props.data.auditAnchors.bucketName,
  AUDIT_SECRET_ARN: props.data.auditSecret.secretArn,
  PLATFORM_SECRET_ARN: props.data.platformSecret.secretArn,
  PLATFORM_KEY_ARN: props.data.key.keyArn,
  INTEGRATION_SECRETS_PREFIX: `cdp/${props.settings.STAGE}/integrations`,
  ...(props.signIn ? { JWT_ISSUER: props.signIn.issuer, JWT_AUDIENCE: props.signIn.clientId } : {}),
  ...(props.settings.STAGE === 'local'
    ? {}
    : {
        ORIGIN_SECRET_ARN: props.originSecret.secretArn,
        EVENT_BUS_NAME: props.eventBus.eventBusName,
        ATHENA_WORK_GROUP: props.data.lakeQueries.workGroupName,
        LAKE_DATABASE_NAME: props.data.lakeDatabaseName,
      }),
  ...queueAddresses(props.queues),
});
