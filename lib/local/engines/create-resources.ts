import { randomUUID } from 'node:crypto';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListStreamsCommand,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { DeclaredResource, System } from '../assembly/system.ts';
import { isMap, mapOf, numberOf, textOf } from '../assembly/template.ts';
import type { Clients } from './clients.ts';
import { createTable } from './create-table.ts';
import { generateSecret } from './secrets/generate-secret.ts';
import type { SecretStore } from './secrets/secret-store.ts';

const activeStream = async ({ kinesis }: Clients, name: string): Promise<StreamDescriptionSummary> => {
  for (;;) {
    const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name }));
    if (StreamDescriptionSummary?.StreamStatus === 'ACTIVE') return StreamDescriptionSummary;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
};

/** The engine creates a stream that keeps its records for 24 hours; the template may ask for more. */
const createStream = async (clients: Clients, { name, properties }: DeclaredResource): Promise<void> => {
  const { kinesis } = clients;
  const { StreamNames = [] } = await kinesis.send(new ListStreamsCommand({ Limit: 1000 }));
  if (!StreamNames.includes(name))
    await kinesis.send(new CreateStreamCommand({ StreamName: name, ShardCount: numberOf(properties.ShardCount) ?? 1 }));
  const { RetentionPeriodHours: kept = 24 } = await activeStream(clients, name);
  const wanted = numberOf(properties.RetentionPeriodHours) ?? 24;
  if (kept < wanted)
    await kinesis.send(new IncreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: wanted }));
};

/** The properties of a queue which the engine knows under the same name. */
const queueAttributes = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

/** Queues live in memory, so each start creates them; the journal refills them within that call. */
const createQueue = async ({ queues }: Clients, { name, properties }: DeclaredResource): Promise<void> => {
  const attributes = queueAttributes.flatMap(key =>
    properties[key] === undefined || properties[key] === false ? [] : [[key, String(properties[key])]],
  );
  await queues.send(new CreateQueueCommand({ QueueName: name, Attributes: Object.fromEntries(attributes) }));
};

const connectDeadLetters = async ({ queues }: Clients, queue: DeclaredResource, url: string): Promise<void> => {
  const policy = queue.properties.RedrivePolicy;
  if (isMap(policy))
    await queues.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy: JSON.stringify(policy) } }),
    );
};

const createSecret = (store: SecretStore, { name, properties }: DeclaredResource): void => {
  if (store.get(name)) return;
  const value = textOf(properties.SecretString) ?? generateSecret(mapOf(properties.GenerateSecretString));
  store.put({
    name,
    value,
    versionId: randomUUID(),
    createdAt: Date.now(),
    description: textOf(properties.Description),
  });
};

/** Creates every secret of the system that does not exist yet; the other resources may refer to their values. */
export const createSecrets = (system: System, store: SecretStore): void => {
  for (const secret of system.ofType('AWS::SecretsManager::Secret')) createSecret(store, secret);
};

/** Creates every table, stream, queue and bucket of the system that does not exist yet. */
export const createResources = async (system: System, clients: Clients): Promise<void> => {
  const queues = system.ofType('AWS::SQS::Queue');
  await Promise.all([
    ...system
      .ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')
      .map(table => createTable(clients.dynamodb, table)),
    ...system.ofType('AWS::Kinesis::Stream').map(stream => createStream(clients, stream)),
    ...system
      .ofType('AWS::S3::Bucket')
      .map(({ name }) => clients.objects.send(new CreateBucketCommand({ Bucket: name }))),
    ...queues.map(queue => createQueue(clients, queue)),
  ]);
  await Promise.all(
    queues.map(queue => connectDeadLetters(clients, queue, String(system.resolve(queue, { Ref: queue.logicalId })))),
  );
};
