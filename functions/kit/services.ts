import { setTimeout as sleep } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Audience } from '../../core/contract/audiences.ts';
import { type MessageBody, type MessageId, messages } from '../../core/contract/messages.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import type { NameTable } from '../../core/engines/sdk/standard-names.ts';
import type { Leases } from '../../core/flows/admit-request.ts';
import type { Cached } from '../../core/flows/cached.ts';
import { type Definitions, rememberedDefinitions } from '../../core/flows/definitions.ts';
import type { Resting } from '../../core/flows/deliver-people.ts';
import { rememberedNames, type StoredEventNames } from '../../core/flows/event-names.ts';
import { emptyIntake, type Intake } from '../../core/flows/meter-intake.ts';
import type { KnownSizes } from '../../core/flows/segment-size.ts';
import type { DeployedSettings } from '../../core/flows/show-settings.ts';
import { signedInCaller } from '../../core/flows/signed-in-caller.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import { rememberedSubscriptions } from '../../core/flows/tell-webhooks.ts';
import { rememberedPlan, type TrackingPlan } from '../../core/flows/tracking-plan.ts';
import type { OpenedEnvelope } from '../../core/model/batch-part.ts';
import type { Caller } from '../../core/model/caller.ts';
import { overridesId, type SettingOverrides } from '../../core/model/setting-overrides.ts';
import { profilesTable, type SnapshotManifest } from '../../core/model/snapshot-manifest.ts';
import type { SourceActivity } from '../../core/model/source-activity.ts';
import type { StoredApiKey } from '../../core/model/stored-api-key.ts';
import type { StoredIntegration } from '../../core/model/stored-integration.ts';
import type { StoredSchema } from '../../core/model/stored-schema.ts';
import type { StoredUser } from '../../core/model/stored-user.ts';
import type { StoredWebhook } from '../../core/model/stored-webhook.ts';
import type { PlanViolations } from '../../core/model/violation.ts';
import type { AuditLog } from '../../core/ports/audit-log.ts';
import type { BatchIds, BatchStore } from '../../core/ports/batch-store.ts';
import type { BucketStore } from '../../core/ports/bucket-store.ts';
import type { Collection, CommitTogether } from '../../core/ports/collection.ts';
import type { Commit } from '../../core/ports/commit.ts';
import type { CounterStore } from '../../core/ports/counters.ts';
import type { DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { Destination } from '../../core/ports/destination.ts';
import type { EventArchive } from '../../core/ports/event-archive.ts';
import type { EventBus } from '../../core/ports/event-bus.ts';
import type { EventColumns } from '../../core/ports/event-columns.ts';
import type { EventCommitsIn } from '../../core/ports/event-commits.ts';
import type { EventFeed } from '../../core/ports/event-feed.ts';
import type { EventLake } from '../../core/ports/event-lake.ts';
import type { ExportFiles } from '../../core/ports/export-files.ts';
import type { HotFiles } from '../../core/ports/hot-files.ts';
import type { IntegrationProbe } from '../../core/ports/integration-probe.ts';
import type { LakeFiles } from '../../core/ports/lake-files.ts';
import type { LakePartitions } from '../../core/ports/lake-partitions.ts';
import type { MembershipStore } from '../../core/ports/membership-store.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { EventStream, Keyring, Queue } from '../../core/ports/outlets.ts';
import type { PipelineProbe } from '../../core/ports/pipeline-probe.ts';
import type { ProfileSeals } from '../../core/ports/profile-seals.ts';
import type { SnapshotFiles, SnapshotParts } from '../../core/ports/profile-snapshot.ts';
import type { ProfileStore } from '../../core/ports/profile-store.ts';
import type { ProgressStore } from '../../core/ports/progress-store.ts';
import type { QuarantineStore } from '../../core/ports/quarantine.ts';
import type { QueryEngine } from '../../core/ports/query-engine.ts';
import type { RecipientStore } from '../../core/ports/recipient-store.ts';
import type { SecretStore } from '../../core/ports/secret-store.ts';
import type { StreamTickets } from '../../core/ports/stream-tickets.ts';
import type { Suppressions } from '../../core/ports/suppressions.ts';
import type { SyncOutcomes } from '../../core/ports/sync-outcomes.ts';
import type { Table } from '../../core/ports/table.ts';
import type { TableChange } from '../../core/ports/table-change.ts';
import type { WebhookSecrets } from '../../core/ports/webhook-secrets.ts';
import type { AddressRefusal, WebhookSender } from '../../core/ports/webhook-sender.ts';
import { awsPipelineProbe } from '../adapters/aws-pipeline-probe.ts';
import { documentClient } from '../adapters/clients.ts';
import { signingSecret, webhookDestination } from '../adapters/destinations/webhook/webhook-destination.ts';
import { eventBridgeBus } from '../adapters/event-bus.ts';
import { firstAdminVerifier } from '../adapters/first-admin.ts';
import { newId, newSecret, nextEventId } from '../adapters/ids.ts';
import { providerProbe } from '../adapters/integrations/provider-probe.ts';
import { jwtVerifier } from '../adapters/jwt-verifier.ts';
import { hashSecret, keyVerifier } from '../adapters/key-verifier.ts';
import { kinesisClient, kinesisEventStream } from '../adapters/kinesis-event-stream.ts';
import { partitionArchive } from '../adapters/lake/archive/partition-archive.ts';
import { athenaQueryEngine } from '../adapters/lake/athena/athena-query-engine.ts';
import { engineBySize } from '../adapters/lake/athena/engine-by-size.ts';
import { lakeEventColumns } from '../adapters/lake/columns/lake-event-columns.ts';
import { PassPool } from '../adapters/lake/columns/pass-pool.ts';
import { duckdb } from '../adapters/lake/duckdb.ts';
import { FetchedFiles, ownFolder } from '../adapters/lake/fetched-files.ts';
import { duckdbEventLake } from '../adapters/lake/read/duckdb-event-lake.ts';
import { tableEventFeed } from '../adapters/lake/read/table-event-feed.ts';
import { duckdbQueryEngine } from '../adapters/lake/snapshot/duckdb-query-engine.ts';
import { duckdbSnapshotFiles } from '../adapters/lake/snapshot/duckdb-snapshot-files.ts';
import { objectSnapshotParts } from '../adapters/lake/snapshot/object-snapshot-parts.ts';
import { duckdbLakeFiles } from '../adapters/lake/write/duckdb-lake-files.ts';
import { eventCommitsIn } from '../adapters/lake/write/event-commits.ts';
import { gzipHotFiles } from '../adapters/lake/write/gzip-hot-files.ts';
import { tableLakePartitions } from '../adapters/lake/write/table-lake-partitions.ts';
import { tableProfileSeals } from '../adapters/lake/write/table-profile-seals.ts';
import { s3Client, s3ObjectStore } from '../adapters/objects/s3-object-store.ts';
import { recordedBus } from '../adapters/recorded-bus.ts';
import { sealedBatchIds } from '../adapters/sealed-batch-ids.ts';
import { sealedStreamTickets } from '../adapters/sealed-stream-tickets.ts';
import { secretKeyring, secretReader } from '../adapters/secret-keyring.ts';
import { secretsManagerStore } from '../adapters/secrets-manager-store.ts';
import { spillInto } from '../adapters/spill-into.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { type AnswerOnce, storedAnswers } from '../adapters/stored-answers.ts';
import { keys } from '../adapters/stores/access-patterns.ts';
import { commitsIn } from '../adapters/stores/commits-in.ts';
import { openEnvelope } from '../adapters/stores/envelope.ts';
import { tableAuditLog } from '../adapters/stores/table-audit-log.ts';
import { tableBatchStore } from '../adapters/stores/table-batch-store.ts';
import { tableBucketStore } from '../adapters/stores/table-bucket-store.ts';
import { tableCollection, tableCommitTogether } from '../adapters/stores/table-collection.ts';
import { tableCounterStore } from '../adapters/stores/table-counter-store.ts';
import { tableDeliveryStore } from '../adapters/stores/table-delivery-store.ts';
import { tableMembershipStore } from '../adapters/stores/table-membership-store.ts';
import { tableProfileStore } from '../adapters/stores/table-profile-store.ts';
import { tableProgressStore } from '../adapters/stores/table-progress-store.ts';
import { tableQuarantine } from '../adapters/stores/table-quarantine.ts';
import { tableRecipientStore } from '../adapters/stores/table-recipient-store.ts';
import { tableSuppressions } from '../adapters/stores/table-suppressions.ts';
import { tableSyncOutcomes } from '../adapters/stores/table-sync-outcomes.ts';
import { dynamoTable } from '../adapters/table/dynamo-table.ts';
import { tableChanges } from '../adapters/table-changes.ts';
import { objectExportFiles } from '../adapters/transfers/object-export-files.ts';
import { httpWebhookSender } from '../adapters/webhooks/http-webhook-sender.ts';
import { resolvedEgress } from '../adapters/webhooks/resolved-egress.ts';
import { sealedWebhookSecrets } from '../adapters/webhooks/sealed-webhook-secrets.ts';
import { withoutLogging } from '../adapters/without-logging.ts';
import { deployedSetting, optionalText, requireText, type Settings, settingsFrom } from './environment.ts';
import { liveSettings } from './live-settings.ts';
import { log } from './log.ts';

type Messages = (typeof messages)[number];
/** The queue of each kind of message. */
export type Queues = { [Id in MessageId]: Queue<MessageBody<Extract<Messages, { id: Id }>>> };

/** Everything that a handler may use; each member is made when it is first asked for. */
export interface Services {
  /** As they hold now: what the deployment says, and what was changed since. */
  readonly settings: Settings;
  /** Sees what was changed of the settings meanwhile; every handler begins with it. */
  readonly refreshSettings: () => Promise<void>;
  readonly settingOverrides: Collection<SettingOverrides>;
  /** What the deployment says, whatever was changed since. */
  readonly deployedSetting: DeployedSettings;
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
  /** Who signs in to the console, by verified address. */
  readonly users: Collection<StoredUser>;
  /** How much of their limits callers have used, for all processes. */
  readonly buckets: BucketStore;
  /** What this process may still let pass of it. */
  readonly leases: Leases;
  readonly integrations: Collection<StoredIntegration>;
  /** The credentials for outside systems. */
  readonly secretStore: SecretStore;
  readonly integrationProbe: IntegrationProbe;
  /** What the names of SDK events mean, in the team’s own words. */
  readonly eventNames: Collection<StoredEventNames>;
  /** What they mean altogether, as of a moment ago. */
  readonly knownNames: Cached<NameTable>;
  /** The tracking plan: what events of each type should say. */
  readonly schemas: Collection<StoredSchema>;
  /** What was not as it says, by type. */
  readonly planViolations: Collection<PlanViolations>;
  /** The plan as of a moment ago. */
  readonly trackingPlan: Cached<TrackingPlan>;
  /** What comes from each source. */
  readonly sourceActivity: Collection<SourceActivity>;
  /** What this process has counted of it and not told yet. */
  readonly intake: Intake;
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
  /** Which of them are live. */
  readonly lakePartitions: LakePartitions;
  readonly hotFiles: HotFiles;
  readonly lakeFiles: LakeFiles;
  /** What the snapshot of all profiles consists of. */
  readonly snapshots: Collection<SnapshotManifest>;
  readonly snapshotParts: SnapshotParts;
  readonly snapshotFiles: SnapshotFiles;
  /** Answers questions about everybody. */
  readonly queryEngine: QueryEngine;
  /** All events of days as columns of numbers. */
  readonly eventColumns: EventColumns;
  /** The keys under which the lake keeps what tells who somebody is. */
  readonly seals: ProfileSeals;
  /** The events of commits among changes of the table. */
  readonly eventCommitsIn: EventCommitsIn;
  /** What is uploaded to be imported, and what was exported to be downloaded; objects expire after 7 days. */
  readonly transfers: ObjectStore;
  /** Everybody's events, newest first, and each by its id. */
  readonly eventLake: EventLake;
  /** Events in the order of their commits, for as long as they are new. */
  readonly eventFeed: EventFeed;
  readonly streamTickets: StreamTickets;
  /** Every event that was ever folded. */
  readonly archive: EventArchive;
  readonly exportFiles: ExportFiles;
  /** Who is not to be reached. */
  readonly suppressions: Suppressions;
  readonly webhook: Destination;
  /** Who is told of what happens. */
  readonly webhooks: Collection<StoredWebhook>;
  /** All of them, as of a moment ago. */
  readonly subscriptions: Cached<readonly StoredWebhook[]>;
  readonly webhookSecrets: WebhookSecrets;
  readonly webhookSender: WebhookSender;
  readonly addressRefusal: AddressRefusal;
  /** What became of telling webhooks. */
  readonly deliveries: DeliveryStore;
  /** Where other systems of the account are told of the same. */
  readonly eventBus: EventBus;
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

/** Copies of the lake's files take at most a quarter of what a function has. */
const copiesBytesMax = 1024 ** 3;

const planUnread = (fault: unknown): void =>
  log.warn('the tracking plan could not be read', { error: fault instanceof Error ? fault.name : 'unknown' });

/** The services of this deployment over a table; what the environment names is read on first use. */
export const openServices = (openTable: () => Table): Services => {
  const table = once(openTable);
  const kinesis = once(kinesisClient);
  const sqs = once(() => withoutLogging(new SQSClient()));
  const s3 = once(s3Client);
  const readSecret = once(() => secretReader());
  const keyring = once(() => secretKeyring(() => readSecret()(requireText('PLATFORM_SECRET_ARN'))));
  const apiKeys = once(() => tableCollection<StoredApiKey>(table(), keys.apiKey));
  const eventNames = once(() => tableCollection<StoredEventNames>(table(), keys.eventNames));
  const schemas = once(() => tableCollection<StoredSchema>(table(), keys.schema));
  const segments = once(() => tableCollection<StoredSegment>(table(), keys.segment));
  const audiences = once(() => tableCollection<Audience>(table(), keys.audience));
  const webhooks = once(() => tableCollection<StoredWebhook>(table(), keys.webhook));
  const settled = once(() => settingsFrom(deployedSetting));
  const users = once(() => tableCollection<StoredUser>(table(), keys.user));
  const settingOverrides = once(() => tableCollection<SettingOverrides>(table(), keys.settings));
  const live = once(() =>
    liveSettings({
      deployed: deployedSetting,
      read: () => settingOverrides().get(overridesId),
      now: Date.now,
    }),
  );
  const progress = once(() => tableProgressStore(table()));
  const lake = once(() => s3ObjectStore(s3(), requireText('LAKE_BUCKET_NAME')));
  const lakePartitions = once(() => tableLakePartitions(table()));
  const hotFiles = once(() => gzipHotFiles(lake()));
  const snapshots = once(() => tableCollection<SnapshotManifest>(table(), keys.snapshot));
  const snapshotParts = once(() => objectSnapshotParts(lake()));
  const copies = once(() => new FetchedFiles({ objects: lake(), folder: ownFolder(), bytesMax: copiesBytesMax }));
  const transfers = once(() => s3ObjectStore(s3(), requireText('TRANSFERS_BUCKET_NAME')));
  const queues = once(
    () =>
      Object.fromEntries(queueAddresses().map(({ name, url }) => [name, sqsQueue(sqs(), url)])) as unknown as Queues,
  );
  const members = {
    settings: () => live().current(),
    refreshSettings: () => () => live().refresh(),
    settingOverrides,
    deployedSetting: () => deployedSetting,
    profiles: once(() => tableProfileStore(table())),
    segments,
    memberships: once(() => tableMembershipStore(table())),
    audiences,
    recipients: once(() => tableRecipientStore(table())),
    outcomes: once(() => tableSyncOutcomes(table())),
    resting: once((): Resting => new Map()),
    jobs: once(() => tableCollection<StoredJob>(table(), keys.job)),
    apiKeys,
    users,
    buckets: once(() => tableBucketStore(table())),
    leases: once((): Leases => new Map()),
    integrations: once(() => tableCollection<StoredIntegration>(table(), keys.integration)),
    secretStore: once(() =>
      secretsManagerStore({
        client: withoutLogging(new SecretsManagerClient()),
        prefix: requireText('INTEGRATION_SECRETS_PREFIX'),
        keyId: optionalText('PLATFORM_KEY_ARN'),
      }),
    ),
    integrationProbe: once(() => providerProbe()),
    eventNames,
    knownNames: once(() => rememberedNames(eventNames(), () => new Date())),
    schemas,
    planViolations: once(() => tableCollection<PlanViolations>(table(), keys.planViolations)),
    trackingPlan: once(() => rememberedPlan(schemas(), () => new Date(), planUnread)),
    sourceActivity: once(() => tableCollection<SourceActivity>(table(), keys.sourceActivity)),
    intake: once(emptyIntake),
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
    lake,
    lakePartitions,
    hotFiles,
    lakeFiles: once(() => duckdbLakeFiles(lake())),
    snapshots,
    snapshotParts,
    snapshotFiles: once(() => duckdbSnapshotFiles(lake(), duckdb())),
    queryEngine: once((): QueryEngine => {
      const near = duckdbQueryEngine({
        snapshots: snapshots(),
        snapshotParts: snapshotParts(),
        files: copies(),
        engine: duckdb(),
      });
      const workGroup = optionalText('ATHENA_WORK_GROUP');
      if (workGroup === undefined) return near;
      const far = athenaQueryEngine({
        client: withoutLogging(new AthenaClient()),
        workGroup,
        database: requireText('LAKE_DATABASE_NAME'),
        table: { name: profilesTable, bucket: requireText('LAKE_BUCKET_NAME') },
        snapshots: snapshots(),
        now: Date.now,
        pause: sleep,
      });
      return engineBySize({ near, far, snapshots: snapshots(), nearBytesMax: copiesBytesMax });
    }),
    eventColumns: once(() =>
      lakeEventColumns({
        partitions: lakePartitions(),
        files: copies(),
        engine: duckdb(),
        pool: new PassPool(),
        folder: `${ownFolder()}-columns`,
        expansionsMax: 3,
      }),
    ),
    seals: once(() => tableProfileSeals(dynamoTable(documentClient(), requireText('SEALS_TABLE_NAME')))),
    eventCommitsIn: once(() => eventCommitsIn(table())),
    eventLake: once(() =>
      duckdbEventLake({ engine: duckdb(), files: copies(), partitions: lakePartitions(), now: Date.now }),
    ),
    eventFeed: once(() => tableEventFeed(table(), hotFiles())),
    streamTickets: once(() => sealedStreamTickets(keyring())),
    archive: once(() =>
      partitionArchive({ partitions: lakePartitions(), hotFiles: hotFiles(), files: copies(), engine: duckdb() }),
    ),
    exportFiles: once(() => objectExportFiles(transfers())),
    suppressions: once(() => tableSuppressions(table(), keyring())),
    transfers,
    webhook: once(() => webhookDestination(keyring(), settled().egressAllow)),
    webhooks,
    subscriptions: once(() => rememberedSubscriptions(webhooks(), () => new Date())),
    webhookSecrets: once(() => sealedWebhookSecrets(keyring())),
    webhookSender: once(() => httpWebhookSender(settled().egressAllow)),
    addressRefusal: once(() => resolvedEgress(settled().egressAllow)),
    deliveries: once(() => tableDeliveryStore(table())),
    eventBus: once(() => {
      const name = optionalText('EVENT_BUS_NAME');
      return name === undefined ? recordedBus() : eventBridgeBus(withoutLogging(new EventBridgeClient()), name);
    }),
    signingSecretOf: () => audienceId => signingSecret(keyring(), audienceId),
    hashSecret: () => secret => hashSecret(keyring(), secret),
    verifyKey: once(() => {
      const [verify, verifyFirst] = [
        keyVerifier(apiKeys(), keyring()),
        firstAdminVerifier({ apiKeys: apiKeys(), users: users(), keyring: keyring() }),
      ];
      return async key => (await verify(key)) ?? (await verifyFirst(key));
    }),
    verifyToken: once(() => {
      const { jwtIssuer: issuer, jwtAudience: audience } = settled();
      if (issuer === undefined || audience === undefined) return undefined;
      const verify = jwtVerifier({ issuer, audience });
      const tools = { users: users(), hashSecret: (secret: string) => hashSecret(keyring(), secret) };
      return async token => signedInCaller(await verify(token), tools);
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
