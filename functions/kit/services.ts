import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Audience } from '../../core/contract/audiences.ts';
import { type MessageBody, type MessageId, messages } from '../../core/contract/messages.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import type { Cached } from '../../core/flows/cached.ts';
import { type Definitions, rememberedDefinitions } from '../../core/flows/definitions.ts';
import type { Resting } from '../../core/flows/deliver-people.ts';
import type { KnownSizes } from '../../core/flows/segment-size.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import type { OpenedEnvelope } from '../../core/model/batch-part.ts';
import type { Caller } from '../../core/model/caller.ts';
import type { StoredApiKey } from '../../core/model/stored-api-key.ts';
import type { AuditLog } from '../../core/ports/audit-log.ts';
import type { BatchIds, BatchStore } from '../../core/ports/batch-store.ts';
import type { Collection, CommitTogether } from '../../core/ports/collection.ts';
import type { Commit } from '../../core/ports/commit.ts';
import type { CounterStore } from '../../core/ports/counters.ts';
import type { Destination } from '../../core/ports/destination.ts';
import type { MembershipStore } from '../../core/ports/membership-store.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { EventStream, Keyring, Queue } from '../../core/ports/outlets.ts';
import type { PipelineProbe } from '../../core/ports/pipeline-probe.ts';
import type { ProfileStore } from '../../core/ports/profile-store.ts';
import type { ProgressStore } from '../../core/ports/progress-store.ts';
import type { QuarantineStore } from '../../core/ports/quarantine.ts';
import type { RecipientStore } from '../../core/ports/recipient-store.ts';
import type { SyncOutcomes } from '../../core/ports/sync-outcomes.ts';
import type { Table } from '../../core/ports/table.ts';
import type { TableChange } from '../../core/ports/table-change.ts';
import { awsPipelineProbe } from '../adapters/aws-pipeline-probe.ts';
import { documentClient } from '../adapters/clients.ts';
import { signingSecret, webhookDestination } from '../adapters/destinations/webhook/webhook-destination.ts';
import { newId, newSecret, nextEventId } from '../adapters/ids.ts';
import { jwtVerifier } from '../adapters/jwt-verifier.ts';
import { hashSecret, keyVerifier } from '../adapters/key-verifier.ts';
import { kinesisClient, kinesisEventStream } from '../adapters/kinesis-event-stream.ts';
import { s3Client, s3ObjectStore } from '../adapters/objects/s3-object-store.ts';
import { sealedBatchIds } from '../adapters/sealed-batch-ids.ts';
import { secretKeyring, secretReader } from '../adapters/secret-keyring.ts';
import { spillInto } from '../adapters/spill-into.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { type AnswerOnce, storedAnswers } from '../adapters/stored-answers.ts';
import { keys } from '../adapters/stores/access-patterns.ts';
import { commitsIn } from '../adapters/stores/commits-in.ts';
import { openEnvelope } from '../adapters/stores/envelope.ts';
import { tableAuditLog } from '../adapters/stores/table-audit-log.ts';
import { tableBatchStore } from '../adapters/stores/table-batch-store.ts';
import { tableCollection, tableCommitTogether } from '../adapters/stores/table-collection.ts';
import { tableCounterStore } from '../adapters/stores/table-counter-store.ts';
import { tableMembershipStore } from '../adapters/stores/table-membership-store.ts';
import { tableProfileStore } from '../adapters/stores/table-profile-store.ts';
import { tableProgressStore } from '../adapters/stores/table-progress-store.ts';
import { tableQuarantine } from '../adapters/stores/table-quarantine.ts';
import { tableRecipientStore } from '../adapters/stores/table-recipient-store.ts';
import { tableSyncOutcomes } from '../adapters/stores/table-sync-outcomes.ts';
import { dynamoTable } from '../adapters/table/dynamo-table.ts';
import { tableChanges } from '../adapters/table-changes.ts';
import { withoutLogging } from '../adapters/without-logging.ts';
import { optionalText, requireText, type Settings, settings } from './environment.ts';

type Messages = (typeof messages)[number];
/** The queue of each kind of message. */
export type Queues = { [Id in MessageId]: Queue<MessageBody<Extract<Messages, { id: Id }>>> };

/** Everything that a handler may use; each member is made when it is first asked for. */
export interface Services {
  readonly settings: Settings;
  readonly profiles: ProfileStore;
  readonly segments: Collection<StoredSegment>;
  readonly memberships: MembershipStore;
  readonly audiences: Collection<Audience>;
  readonly recipients: RecipientStore;
  /** What syncs came to, person by person. */
  readonly outcomes: SyncOutcomes;
  /** Destinations that did not answer this process a moment ago. */
  readonly resting: Resting;
  readonly jobs: Collection<StoredJob>;
  readonly apiKeys: Collection<StoredApiKey>;
  readonly commitTogether: CommitTogether;
  /** Segments and audiences as they were a moment ago. */
  readonly definitions: Cached<Definitions>;
  /** What this process has counted lately. */
  readonly knownSizes: KnownSizes;
  readonly counters: CounterStore;
  readonly progress: ProgressStore;
  readonly pipeline: PipelineProbe;
  readonly audit: AuditLog;
  readonly quarantine: QuarantineStore;
  readonly events: EventStream;
  readonly queues: Queues;
  /** What became of batches of events. */
  readonly batches: BatchStore;
  readonly batchIds: BatchIds;
  readonly keyring: Keyring;
  /** The files of the lake. */
  readonly lake: ObjectStore;
  /** What is uploaded to be imported, and what was exported to be downloaded; objects expire after 7 days. */
  readonly transfers: ObjectStore;
  readonly webhook: Destination;
  /** What signs an audience’s deliveries to its webhook. */
  readonly signingSecretOf: (audienceId: string) => Promise<string>;
  /** What is kept of the secret of an API key. */
  readonly hashSecret: (secret: string) => Promise<string>;
  /** The bearer of an API key, or `undefined`. */
  readonly verifyKey: (key: string) => Promise<Caller | undefined>;
  /** The bearer of a token of the deployment's issuer; absent when none is configured. */
  readonly verifyToken: ((token: string) => Promise<Caller>) | undefined;
  /** What CloudFront proves itself with; absent where there is no edge. */
  readonly originSecret: (() => Promise<string>) | undefined;
  readonly answerOnce: AnswerOnce;
  /** Reads a record of the event stream. @throws Error for bytes that are none */
  readonly openEnvelope: (data: Uint8Array) => OpenedEnvelope;
  /** What changes of the table mean to those who follow them. */
  readonly commitsIn: (changes: readonly TableChange[]) => Commit[];
  readonly readChanges: (records: readonly DynamoDBRecord[]) => TableChange[];
  readonly newId: (prefix: string) => string;
  readonly nextEventId: (at: number) => string;
  readonly newSecret: () => string;
  readonly now: () => Date;
}

/** Computes a member once, on first use. */
const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const upperSnake = (camelCase: string): string => camelCase.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase();

const queueAddresses = () =>
  messages.map(({ id }) => ({
    name: id,
    url: requireText(`QUEUE_URL_${upperSnake(id)}`),
    deadLetterUrl: requireText(`DLQ_URL_${upperSnake(id)}`),
  }));

/** The services of this deployment over a table; what the environment names is read on first use. */
export const openServices = (openTable: () => Table): Services => {
  const table = once(openTable);
  const kinesis = once(kinesisClient);
  const sqs = once(() => withoutLogging(new SQSClient()));
  const s3 = once(s3Client);
  const readSecret = once(() => secretReader());
  const keyring = once(() => secretKeyring(() => readSecret()(requireText('PLATFORM_SECRET_ARN'))));
  const apiKeys = once(() => tableCollection<StoredApiKey>(table(), keys.apiKey));
  const segments = once(() => tableCollection<StoredSegment>(table(), keys.segment));
  const audiences = once(() => tableCollection<Audience>(table(), keys.audience));
  const settled = once(settings);
  const progress = once(() => tableProgressStore(table()));
  const queues = once(
    () =>
      Object.fromEntries(queueAddresses().map(({ name, url }) => [name, sqsQueue(sqs(), url)])) as unknown as Queues,
  );
  const members = {
    settings: settled,
    profiles: once(() => tableProfileStore(table())),
    segments,
    memberships: once(() => tableMembershipStore(table())),
    audiences,
    recipients: once(() => tableRecipientStore(table())),
    outcomes: once(() => tableSyncOutcomes(table())),
    resting: once((): Resting => new Map()),
    jobs: once(() => tableCollection<StoredJob>(table(), keys.job)),
    apiKeys,
    commitTogether: once(() => tableCommitTogether(table())),
    definitions: once(() => rememberedDefinitions(segments(), audiences(), () => new Date())),
    knownSizes: once((): KnownSizes => new Map()),
    counters: once(() => tableCounterStore(table())),
    progress,
    pipeline: once(() =>
      awsPipelineProbe({
        sqs: sqs(),
        queues: queueAddresses(),
        kinesis: kinesis(),
        streamName: requireText('EVENTS_STREAM_NAME'),
        consumer: 'foldEvents',
        progress: progress(),
      }),
    ),
    audit: once(() => tableAuditLog(table())),
    quarantine: once(() => tableQuarantine(table())),
    events: once(() =>
      kinesisEventStream({
        client: kinesis(),
        streamName: requireText('EVENTS_STREAM_NAME'),
        spill: spillInto(queues().foldSpilledEvents),
      }),
    ),
    queues,
    batches: once(() => tableBatchStore(table(), Date.now)),
    batchIds: once(() => sealedBatchIds(keyring())),
    keyring,
    lake: once(() => s3ObjectStore(s3(), requireText('LAKE_BUCKET_NAME'))),
    transfers: once(() => s3ObjectStore(s3(), requireText('TRANSFERS_BUCKET_NAME'))),
    webhook: once(() => webhookDestination(keyring(), settled().egressAllow)),
    signingSecretOf: () => audienceId => signingSecret(keyring(), audienceId),
    hashSecret: () => secret => hashSecret(keyring(), secret),
    verifyKey: once(() => keyVerifier(apiKeys(), keyring())),
    verifyToken: once(() => {
      const { jwtIssuer: issuer, jwtAudience: audience } = settled();
      return issuer === undefined ? undefined : jwtVerifier({ issuer, audience });
    }),
    originSecret: once(() => {
      const arn = optionalText('ORIGIN_SECRET_ARN');
      return arn === undefined ? undefined : () => readSecret()(arn);
    }),
    answerOnce: once(() => storedAnswers(documentClient(), requireText('TABLE_NAME'))),
    openEnvelope: () => openEnvelope,
    commitsIn: () => commitsIn,
    readChanges: () => tableChanges,
    newId: () => newId,
    nextEventId: () => nextEventId,
    newSecret: () => newSecret,
    now: () => () => new Date(),
  } satisfies { [Name in keyof Services]: () => Services[Name] };
  const services = {};
  for (const [name, get] of Object.entries(members)) Object.defineProperty(services, name, { get, enumerable: true });
  return services as Services;
};

let provided: Services | undefined;

/** The services of this process. */
export const services = (): Services => {
  provided ??= openServices(() => dynamoTable(documentClient(), requireText('TABLE_NAME')));
  return provided;
};

/** Puts other services in place: how tests run the real handlers over a store of their own. */
export const provideServices = (replacement: Services | undefined): void => {
  provided = replacement;
};
