import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type MessageId, messages } from '../../core/contract/messages.ts';
import type { Wiring } from '../wiring.ts';
import { listIndex } from './data-resources.ts';
import type { PlatformParts } from './platform-parts.ts';

type Parts = Pick<PlatformParts, 'data' | 'queues' | 'originSecret'>;

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writeActions = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
];
const readKeyActions = ['kms:Decrypt', 'kms:DescribeKey'];
const writeKeyActions = [
  ...readKeyActions,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

const tableActions = {
  read: readActions,
  'audited-read': [...readActions, 'dynamodb:PutItem'],
  'read-write': [...readActions, ...writeActions],
} as const;

const tableRights = (level: keyof typeof tableActions, { data }: Parts): PolicyStatement[] => [
  allow(tableActions[level], [data.table.tableArn]),
  allow(['dynamodb:Query'], [`${data.table.tableArn}/index/${listIndex}`]),
];

const readObjects = ['s3:GetObject'];
const objectActions = {
  read: readObjects,
  'read-write': [...readObjects, 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
} as const;

const bucketRights = (level: keyof typeof objectActions, bucket: IBucket): PolicyStatement[] => [
  allow(objectActions[level], [bucket.arnForObjects('*')]),
  allow(['s3:ListBucket'], [bucket.bucketArn]),
];

const secretRights = ({ data, originSecret }: Parts): PolicyStatement =>
  allow(['secretsmanager:GetSecretValue'], [data.platformSecret.secretArn, originSecret.secretArn]);

const sendRights = (ids: readonly MessageId[], { queues }: Parts): PolicyStatement =>
  allow(
    ['sqs:SendMessage'],
    ids.map(id => queues[id].queue.queueArn),
  );

const observeRights = ({ data, queues }: Parts): PolicyStatement[] => [
  allow(
    ['sqs:GetQueueAttributes'],
    Object.values(queues).flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]),
  ),
  allow(['kinesis:ListShards', 'kinesis:GetShardIterator', 'kinesis:GetRecords'], [data.events.streamArn]),
];

/** The key is used in the caller's name by the table, the stream, the buckets and the secret. */
const keyRights = (wiring: Wiring, { data }: Parts): PolicyStatement => {
  const writes =
    wiring.putsEvents ||
    (wiring.table !== undefined && wiring.table !== 'read') ||
    wiring.lake === 'read-write' ||
    wiring.transfers === 'read-write';
  return allow(writes ? writeKeyActions : readKeyActions, [data.key.keyArn]);
};

const usesKey = ({ table, lake, transfers, secret, putsEvents, observes }: Wiring): boolean =>
  [table, lake, transfers, secret, putsEvents, observes].some(Boolean);

/** The exact rights that a wiring stands for. */
export const functionRights = (wiring: Wiring, parts: Parts): PolicyStatement[] => [
  ...(wiring.table ? tableRights(wiring.table, parts) : []),
  ...(wiring.lake ? bucketRights(wiring.lake, parts.data.lake) : []),
  ...(wiring.transfers ? bucketRights(wiring.transfers, parts.data.transfers) : []),
  ...(wiring.secret ? [secretRights(parts)] : []),
  ...(wiring.putsEvents ? [allow(['kinesis:PutRecords'], [parts.data.events.streamArn])] : []),
  ...(wiring.sends ? [sendRights(wiring.sends === 'all' ? messages.map(({ id }) => id) : wiring.sends, parts)] : []),
  ...(wiring.observes ? observeRights(parts) : []),
  ...(usesKey(wiring) ? [keyRights(wiring, parts)] : []),
];
