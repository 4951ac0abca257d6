import { Aws } from 'aws-cdk-lib';
import { Effect, type IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type MessageId, messages } from '../../core/contract/messages.ts';
import type { Wiring } from '../wiring.ts';
import { listIndex } from './data-resources.ts';
import type { PlatformParts } from './platform-parts.ts';

type Parts = Pick<PlatformParts, 'data' | 'queues' | 'eventBus' | 'originSecret' | 'environment'>;

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

/** What is on record stays: no function takes an entry of the audit log out, or writes over one. */
const keepAuditLog = ({ data }: Parts): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.DENY,
    actions: ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
    resources: [data.table.tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['AUDIT#*'] } },
  });

const tableRights = (level: keyof typeof tableActions, parts: Parts): PolicyStatement[] => [
  ...(level === 'read-write' ? [keepAuditLog(parts)] : []),
  allow(tableActions[level], [parts.data.table.tableArn]),
  allow(['dynamodb:Query'], [`${parts.data.table.tableArn}/index/${listIndex}`]),
];

/** The keys of profiles are read by key and nowhere listed. */
const sealActions = {
  read: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  'read-write': ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:PartiQLInsert'],
} as const;

const secretRights = ({ data, originSecret }: Parts): PolicyStatement =>
  allow(['secretsmanager:GetSecretValue'], [data.platformSecret.secretArn, originSecret.secretArn]);

/** Of the whole table the items of some partitions alone. */
const partitionRights = (partitions: readonly string[], { data }: Parts): PolicyStatement =>
  new PolicyStatement({
    actions: ['dynamodb:PutItem'],
    resources: [data.table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
  });

const keepSecretActions = [
  'secretsmanager:PutSecretValue',
  'secretsmanager:CreateSecret',
  'secretsmanager:DeleteSecret',
];

const integrationSecretRights = (access: 'read' | 'read-write', { environment }: Parts): PolicyStatement =>
  allow(
    ['secretsmanager:GetSecretValue', ...(access === 'read-write' ? keepSecretActions : [])],
    [
      `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${environment.INTEGRATION_SECRETS_PREFIX}/*`,
    ],
  );

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
    wiring.integrationSecrets === 'read-write' ||
    wiring.everybody ||
    (wiring.table !== undefined && wiring.table !== 'read') ||
    wiring.seals === 'read-write' ||
    wiring.lake === 'read-write' ||
    wiring.anchors === 'read-write' ||
    wiring.transfers === 'read-write';
  return allow(writes ? writeKeyActions : readKeyActions, [data.key.keyArn]);
};

const usesKey = ({
  table,
  seals,
  lake,
  everybody,
  transfers,
  anchors,
  secret,
  putsEvents,
  observes,
}: Wiring): boolean => [table, seals, lake, everybody, transfers, anchors, secret, putsEvents, observes].some(Boolean);

/** The exact rights that a wiring stands for. */
export const functionRights = (wiring: Wiring, parts: Parts): PolicyStatement[] => [
  ...(wiring.table ? tableRights(wiring.table, parts) : []),
  ...(wiring.seals ? [allow(sealActions[wiring.seals], [parts.data.seals.tableArn])] : []),
  ...(wiring.secret ? [secretRights(parts)] : []),
  ...(wiring.audits ? [allow(['secretsmanager:GetSecretValue'], [parts.data.auditSecret.secretArn])] : []),
  ...(wiring.limits ? [partitionRights(['RATE#*'], parts)] : []),
  ...(wiring.meters ? [partitionRights(['SOURCE-ACTIVITY', 'PLAN-VIOLATIONS'], parts)] : []),
  ...(wiring.integrationSecrets ? [integrationSecretRights(wiring.integrationSecrets, parts)] : []),
  ...(wiring.putsEvents ? [allow(['kinesis:PutRecords'], [parts.data.events.streamArn])] : []),
  ...(wiring.sends ? [sendRights(wiring.sends === 'all' ? messages.map(({ id }) => id) : wiring.sends, parts)] : []),
  ...(wiring.publishes ? [allow(['events:PutEvents'], [parts.eventBus.eventBusArn])] : []),
  ...(wiring.observes ? observeRights(parts) : []),
  ...(usesKey(wiring) ? [keyRights(wiring, parts)] : []),
];

/** The policies that stand with the data: of the buckets that a wiring names, and of asking Athena. */
export const dataPolicies = (
  { lake, everybody, transfers, anchors }: Wiring,
  { data }: Pick<Parts, 'data'>,
): IManagedPolicy[] => [
  ...(everybody ? [data.lakeQueries.policy] : []),
  ...(lake ? [data.lakePolicies.of(lake)] : []),
  ...(anchors ? [data.anchorPolicies.of(anchors)] : []),
  ...(transfers ? [data.transferPolicies.of(transfers)] : []),
];
