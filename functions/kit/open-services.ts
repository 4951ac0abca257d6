import { setTimeout as sleep } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Audience } from '../../core/contract/audiences.ts';
import { messages } from '../../core/contract/messages.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import type { StoredSegmentVersion } from '../../core/flows/adding-version.ts';
import type { Leases } from '../../core/flows/admit-request.ts';
import type { QuestionInWork } from '../../core/flows/ask-question.ts';
import { rememberedDefinitions } from '../../core/flows/definitions.ts';
import type { Resting } from '../../core/flows/deliver-people.ts';
import { rememberedNames, type StoredEventNames } from '../../core/flows/event-names.ts';
import { rememberedFieldRules } from '../../core/flows/field-rules.ts';
import { rememberedIdentityConfig } from '../../core/flows/identity-config.ts';
import type { KnownOwners } from '../../core/flows/look-up-profile.ts';
import { rememberedModel } from '../../core/flows/match-model.ts';
import { emptyIntake } from '../../core/flows/meter-intake.ts';
import { rememberedCutoffs } from '../../core/flows/retention-in-force.ts';
import { rememberedScoring } from '../../core/flows/scoring-models.ts';
import { SegmentIndexes } from '../../core/flows/segment-indexes.ts';
import type { KnownSizes } from '../../core/flows/segment-size.ts';
import { signedInCaller } from '../../core/flows/signed-in-caller.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import { rememberedSubscriptions } from '../../core/flows/tell-webhooks.ts';
import { rememberedPlan } from '../../core/flows/tracking-plan.ts';
import { archiveWithin, eventLakeWithin, profilesWithin } from '../../core/flows/within-retention.ts';
import type { StoredFieldRules } from '../../core/model/field-rule.ts';
import type { RetentionPurge, StoredRetentionPolicy } from '../../core/model/retention-policy.ts';
import type { StoredRfmCuts } from '../../core/model/rfm-cuts.ts';
import { overridesId, type SettingOverrides } from '../../core/model/setting-overrides.ts';
import { profilesTable, type SnapshotManifest } from '../../core/model/snapshot-manifest.ts';
import type { SourceActivity } from '../../core/model/source-activity.ts';
import type { StoredActions } from '../../core/model/stored-actions.ts';
import type { StoredApiKey } from '../../core/model/stored-api-key.ts';
import type { StoredIdentityConfig } from '../../core/model/stored-identity-config.ts';
import type { StoredIntegration } from '../../core/model/stored-integration.ts';
import type { StoredMatchModel } from '../../core/model/stored-match-model.ts';
import type { StoredModel } from '../../core/model/stored-model.ts';
import type { StoredSchema } from '../../core/model/stored-schema.ts';
import type { StoredUser } from '../../core/model/stored-user.ts';
import type { StoredWebhook } from '../../core/model/stored-webhook.ts';
import type { StoredTrait } from '../../core/model/trait.ts';
import type { PlanViolations } from '../../core/model/violation.ts';
import type { QueryEngine } from '../../core/ports/query-engine.ts';
import type { Table } from '../../core/ports/table.ts';
import { awsPipelineProbe } from '../adapters/aws-pipeline-probe.ts';
import { documentClient } from '../adapters/clients.ts';
import { derivedSigner } from '../adapters/derived-signer.ts';
import { openDestinations } from '../adapters/destinations/open-destinations.ts';
import { platformConnections } from '../adapters/destinations/platform-connection.ts';
import { platformAsk } from '../adapters/destinations/platform-request.ts';
import { signingSecret } from '../adapters/destinations/webhook/webhook-destination.ts';
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
import { duckdbCustomerHistories, duckdbEventSeries } from '../adapters/lake/history/duckdb-customer-histories.ts';
import { duckdbScoreFiles } from '../adapters/lake/history/duckdb-score-files.ts';
import { duckdbEventLake } from '../adapters/lake/read/duckdb-event-lake.ts';
import { lakeEventRelation } from '../adapters/lake/read/event-relation.ts';
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
import { sealedConsentTokens } from '../adapters/sealed-consent-tokens.ts';
import { sealedStreamTickets } from '../adapters/sealed-stream-tickets.ts';
import { sealedTexts } from '../adapters/sealed-texts.ts';
import { secretKeyring, secretReader } from '../adapters/secret-keyring.ts';
import { secretsManagerStore } from '../adapters/secrets-manager-store.ts';
import { sha256 } from '../adapters/sha256.ts';
import { spillInto } from '../adapters/spill-into.ts';
import { sqsQueue } from '../adapters/sqs-queue.ts';
import { storedAnswers } from '../adapters/stored-answers.ts';
import { keys } from '../adapters/stores/access-patterns.ts';
import { commitsIn } from '../adapters/stores/commits-in.ts';
import { openEnvelope } from '../adapters/stores/envelope.ts';
import { tableAuditLog } from '../adapters/stores/table-audit-log.ts';
import { tableBatchStore } from '../adapters/stores/table-batch-store.ts';
import { tableBlockIndex } from '../adapters/stores/table-block-index.ts';
import { tableBucketStore } from '../adapters/stores/table-bucket-store.ts';
import { tableCollection, tableCommitTogether } from '../adapters/stores/table-collection.ts';
import { tableCounterStore } from '../adapters/stores/table-counter-store.ts';
import { tableDeliveryStore } from '../adapters/stores/table-delivery-store.ts';
import { tableDroppedEvents } from '../adapters/stores/table-dropped-events.ts';
import { tableErasedKeys } from '../adapters/stores/table-erased-keys.ts';
import { tableFlipTimers } from '../adapters/stores/table-flip-timers.ts';
import { tableIdentityStore } from '../adapters/stores/table-identity-store.ts';
import { tableMembershipStore } from '../adapters/stores/table-membership-store.ts';
import { tableMergeStore } from '../adapters/stores/table-merge-store.ts';
import { tableProfileStore } from '../adapters/stores/table-profile-store.ts';
import { tableProgressStore } from '../adapters/stores/table-progress-store.ts';
import { tableQuarantine } from '../adapters/stores/table-quarantine.ts';
import { tableRecentProfiles } from '../adapters/stores/table-recent-profiles.ts';
import { tableRecipientStore } from '../adapters/stores/table-recipient-store.ts';
import { tableSuppressions } from '../adapters/stores/table-suppressions.ts';
import { tableSyncBatches } from '../adapters/stores/table-sync-batches.ts';
import { tableSyncOutcomes } from '../adapters/stores/table-sync-outcomes.ts';
import { dynamoTable } from '../adapters/table/dynamo-table.ts';
import { tableChanges } from '../adapters/table-changes.ts';
import { textDigest } from '../adapters/text-digest.ts';
import { objectExportFiles } from '../adapters/transfers/object-export-files.ts';
import { objectPersonalFiles } from '../adapters/transfers/object-personal-files.ts';
import { httpWebhookSender } from '../adapters/webhooks/http-webhook-sender.ts';
import { resolvedEgress } from '../adapters/webhooks/resolved-egress.ts';
import { sealedWebhookSecrets } from '../adapters/webhooks/sealed-webhook-secrets.ts';
import { signedCallbackSender } from '../adapters/webhooks/signed-callback-sender.ts';
import { whileWanted } from '../adapters/while-wanted.ts';
import { withoutLogging } from '../adapters/without-logging.ts';
import { deployedSetting, optionalText, requireText, settingsFrom } from './environment.ts';
import { liveSettings } from './live-settings.ts';
import { log } from './log.ts';
import type { Queues, Services } from './services.ts';

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

/** How soon a job that was cancelled stops. */
const wantedMilliseconds = 2_000;

const planUnread = (fault: unknown): void =>
  log.warn('the tracking plan could not be read', { error: fault instanceof Error ? fault.name : 'unknown' });

const deployedTable = (): Table => dynamoTable(documentClient(), requireText('TABLE_NAME'));

/** The services of this deployment over its table, or another; what the environment names is read on first use. */
export const openServices = (openTable: () => Table = deployedTable): Services => {
  const table = once(openTable);
  const kinesis = once(kinesisClient);
  const sqs = once(() => withoutLogging(new SQSClient()));
  const s3 = once(s3Client);
  const readSecret = once(() => secretReader());
  const keyring = once(() => secretKeyring(() => readSecret()(requireText('PLATFORM_SECRET_ARN'))));
  const apiKeys = once(() => tableCollection<StoredApiKey>(table(), keys.apiKey));
  const eventNames = once(() => tableCollection<StoredEventNames>(table(), keys.eventNames));
  const fieldRuleDocuments = once(() => tableCollection<StoredFieldRules>(table(), keys.fieldRules));
  const identityConfigs = once(() => tableCollection<StoredIdentityConfig>(table(), keys.identityConfig));
  const matchModels = once(() => tableCollection<StoredMatchModel>(table(), keys.matchModel));
  const schemas = once(() => tableCollection<StoredSchema>(table(), keys.schema));
  const segments = once(() => tableCollection<StoredSegment>(table(), keys.segment));
  const traits = once(() => tableCollection<StoredTrait>(table(), keys.trait));
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
  const rfmCuts = once(() => tableCollection<StoredRfmCuts>(table(), keys.rfmCuts));
  const models = once(() => tableCollection<StoredModel>(table(), keys.model));
  const snapshots = once(() => tableCollection<SnapshotManifest>(table(), keys.snapshot));
  const snapshotParts = once(() => objectSnapshotParts(lake()));
  const copies = once(() => new FetchedFiles({ objects: lake(), folder: ownFolder(), bytesMax: copiesBytesMax }));
  const transfers = once(() => s3ObjectStore(s3(), requireText('TRANSFERS_BUCKET_NAME')));
  const certifier = once(() => derivedSigner(keyring(), 'certificates'));
  const retentionPolicies = once(() => tableCollection<StoredRetentionPolicy>(table(), keys.retentionPolicy));
  const retentionPurges = once(() => tableCollection<RetentionPurge>(table(), keys.retentionPurge));
  const retention = once(() =>
    rememberedCutoffs(
      {
        retentionPolicies: retentionPolicies(),
        retentionPurges: retentionPurges(),
        get settings() {
          return live().current();
        },
      },
      () => new Date(),
    ),
  );
  const queues = once(
    () =>
      Object.fromEntries(queueAddresses().map(({ name, url }) => [name, sqsQueue(sqs(), url)])) as unknown as Queues,
  );
  const integrations = once(() => tableCollection<StoredIntegration>(table(), keys.integration));
  const secretStore = once(() =>
    secretsManagerStore({
      client: withoutLogging(new SecretsManagerClient()),
      prefix: requireText('INTEGRATION_SECRETS_PREFIX'),
      keyId: optionalText('PLATFORM_KEY_ARN'),
    }),
  );
  const members = {
    settings: () => live().current(),
    refreshSettings: () => () => live().refresh(),
    settingOverrides,
    deployedSetting: () => deployedSetting,
    profiles: once(() => profilesWithin(tableProfileStore(table()), retention().cutoffs)),
    retentionPolicies,
    retentionPurges,
    cutoffs: () => retention().cutoffs,
    dropRetention: () => retention().drop,
    merges: once(() => tableMergeStore(table())),
    identity: once(() => tableIdentityStore(table())),
    blocks: once(() => tableBlockIndex(table())),
    fieldRuleDocuments,
    fieldRules: once(() => rememberedFieldRules(fieldRuleDocuments(), () => new Date())),
    identityConfigs,
    identityConfig: once(() => rememberedIdentityConfig(identityConfigs(), () => new Date())),
    matchModels,
    matchModel: once(() => rememberedModel({ matchModels: matchModels(), lake: lake() }, () => new Date())),
    recent: once(() => tableRecentProfiles(table())),
    segments,
    traits,
    segmentVersions: () => segmentId =>
      tableCollection<StoredSegmentVersion>(table(), id => keys.segmentVersion(segmentId, id)),
    memberships: once(() => tableMembershipStore(table())),
    audiences,
    recipients: once(() => tableRecipientStore(table())),
    outcomes: once(() => tableSyncOutcomes(table())),
    syncBatches: once(() => tableSyncBatches(table())),
    resting: once((): Resting => new Map()),
    jobs: once(() => tableCollection<StoredJob>(table(), keys.job)),
    questionsInWork: once(() => tableCollection<QuestionInWork>(table(), keys.question)),
    apiKeys,
    users,
    buckets: once(() => tableBucketStore(table())),
    leases: once((): Leases => new Map()),
    integrations,
    secretStore,
    integrationProbe: once(() => providerProbe({ standIns: settled().standIns })),
    eventNames,
    knownNames: once(() => rememberedNames(eventNames(), () => new Date())),
    schemas,
    planViolations: once(() => tableCollection<PlanViolations>(table(), keys.planViolations)),
    trackingPlan: once(() => rememberedPlan(schemas(), () => new Date(), planUnread)),
    sourceActivity: once(() => tableCollection<SourceActivity>(table(), keys.sourceActivity)),
    intake: once(emptyIntake),
    commitTogether: once(() => tableCommitTogether(table())),
    definitions: once(() => rememberedDefinitions(segments(), audiences(), traits(), () => new Date())),
    knownSizes: once((): KnownSizes => new Map()),
    knownOwners: once((): KnownOwners => new Map()),
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
    audit: once(() => {
      const auditKeys = secretKeyring(() => readSecret()(requireText('AUDIT_SECRET_ARN')));
      return tableAuditLog(table(), () => auditKeys.derive('audit log'));
    }),
    auditAnchors: once(() => s3ObjectStore(s3(), requireText('AUDIT_BUCKET_NAME'))),
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
    droppedEvents: once(() => tableDroppedEvents(table(), Date.now)),
    batchIds: once(() => sealedBatchIds(keyring())),
    keyring,
    lake,
    lakePartitions,
    hotFiles,
    lakeFiles: once(() => duckdbLakeFiles(lake())),
    models,
    scoring: once(() =>
      rememberedScoring(
        models(),
        () => live().current().mlPredictions,
        () => new Date(),
      ),
    ),
    actions: once(() => tableCollection<StoredActions>(table(), keys.actions)),
    histories: once(() =>
      duckdbCustomerHistories({ partitions: lakePartitions(), files: copies(), engine: duckdb(), now: Date.now }),
    ),
    eventSeries: once(() =>
      duckdbEventSeries({ partitions: lakePartitions(), files: copies(), engine: duckdb(), now: Date.now }),
    ),
    scoreFiles: once(() => duckdbScoreFiles(lake(), duckdb())),
    snapshots,
    snapshotParts,
    snapshotFiles: once(() => duckdbSnapshotFiles(lake(), duckdb())),
    queryEngine: once((): QueryEngine => {
      const near = duckdbQueryEngine({
        snapshots: snapshots(),
        snapshotParts: snapshotParts(),
        files: copies(),
        engine: duckdb(),
        events: lakeEventRelation({ files: copies(), partitions: lakePartitions(), now: Date.now }),
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
        expansionsMax: 6,
      }),
    ),
    seals: once(() => tableProfileSeals(dynamoTable(documentClient(), requireText('SEALS_TABLE_NAME')))),
    eventCommitsIn: once(() => eventCommitsIn(table())),
    eventLake: once(() =>
      eventLakeWithin(
        duckdbEventLake({ engine: duckdb(), files: copies(), partitions: lakePartitions(), now: Date.now }),
        retention().cutoffs,
      ),
    ),
    eventFeed: once(() => tableEventFeed(table(), hotFiles())),
    streamTickets: once(() => sealedStreamTickets(keyring())),
    consentTokens: once(() => sealedConsentTokens(keyring())),
    archive: once(() =>
      archiveWithin(
        partitionArchive({ partitions: lakePartitions(), hotFiles: hotFiles(), files: copies(), engine: duckdb() }),
        retention().cutoffs,
      ),
    ),
    exportFiles: once(() => objectExportFiles(transfers())),
    suppressions: once(() => tableSuppressions(table(), keyring())),
    erasedKeys: once(() => tableErasedKeys(table(), keyring())),
    requestSeals: once(() => sealedTexts(keyring(), 'privacy-requests')),
    certifier,
    callbackSender: once(() => signedCallbackSender(certifier(), `cdp-${settled().stage}`, settled().egressAllow)),
    personalFiles: once(() => objectPersonalFiles(transfers())),
    transfers,
    destinations: once(() =>
      openDestinations({
        keyring: keyring(),
        egressAllow: settled().egressAllow,
        standIns: settled().standIns,
        ask: platformAsk({ egressAllow: settled().egressAllow }),
        connect: platformConnections({ integrations: integrations(), secretStore: secretStore(), now: Date.now }),
        objects: transfers,
        engine: duckdb(),
        sha256,
        now: Date.now,
        pause: sleep,
      }),
    ),
    sha256: () => sha256,
    webhooks,
    subscriptions: once(() => rememberedSubscriptions(webhooks(), () => new Date())),
    webhookSecrets: once(() => sealedWebhookSecrets(keyring())),
    webhookSender: once(() => httpWebhookSender(settled().egressAllow)),
    addressRefusal: once(() => resolvedEgress(settled().egressAllow)),
    rfmCuts,
    segmentIndexes: once(() => new SegmentIndexes()),
    flipTimers: once(() => tableFlipTimers(table())),
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
    whileWanted: once(() => whileWanted(wantedMilliseconds)),
    digest: () => textDigest,
    newId: () => newId,
    nextEventId: () => nextEventId,
    newSecret: () => newSecret,
    now: () => () => new Date(),
  } satisfies { [Name in keyof Services]: () => Services[Name] };
  const services = {};
  for (const [name, get] of Object.entries(members)) Object.defineProperty(services, name, { get, enumerable: true });
  return services as Services;
};
