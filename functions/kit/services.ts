import type { DynamoDBRecord } from 'aws-lambda';
import type { Audience } from '../../core/contract/audiences.ts';
import type { MessageBody, MessageId, messages } from '../../core/contract/messages.ts';
import type { StoredSegment } from '../../core/contract/segments.ts';
import type { ScoringModels } from '../../core/engines/intelligence/score-customer.ts';
import type { NameTable } from '../../core/engines/sdk/standard-names.ts';
import type { SegmentVersionsOf } from '../../core/flows/adding-version.ts';
import type { Leases } from '../../core/flows/admit-request.ts';
import type { QuestionInWork } from '../../core/flows/ask-question.ts';
import type { Cached } from '../../core/flows/cached.ts';
import type { Definitions } from '../../core/flows/definitions.ts';
import type { Resting } from '../../core/flows/deliver-people.ts';
import type { StoredEventNames } from '../../core/flows/event-names.ts';
import type { KnownOwners } from '../../core/flows/look-up-profile.ts';
import type { JudgeFor } from '../../core/flows/match-model.ts';
import type { Intake } from '../../core/flows/meter-intake.ts';
import type { CutoffsNow } from '../../core/flows/retention-in-force.ts';
import type { SegmentIndexes } from '../../core/flows/segment-indexes.ts';
import type { KnownSizes } from '../../core/flows/segment-size.ts';
import type { DeployedSettings } from '../../core/flows/show-settings.ts';
import type { StoredJob } from '../../core/flows/stored-job.ts';
import type { TrackingPlan } from '../../core/flows/tracking-plan.ts';
import type { OpenedEnvelope } from '../../core/model/batch-part.ts';
import type { Caller } from '../../core/model/caller.ts';
import type { FieldRules, StoredFieldRules } from '../../core/model/field-rule.ts';
import type { IdentityConfig } from '../../core/model/identity-config.ts';
import type { RetentionPurge, StoredRetentionPolicy } from '../../core/model/retention-policy.ts';
import type { StoredRfmCuts } from '../../core/model/rfm-cuts.ts';
import type { SettingOverrides } from '../../core/model/setting-overrides.ts';
import type { Sha256 } from '../../core/model/sha256.ts';
import type { SnapshotManifest } from '../../core/model/snapshot-manifest.ts';
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
import type { AnswerOnce } from '../../core/ports/answer-once.ts';
import type { AuditLog } from '../../core/ports/audit-log.ts';
import type { BatchIds, BatchStore } from '../../core/ports/batch-store.ts';
import type { BlockIndex } from '../../core/ports/block-index.ts';
import type { BucketStore } from '../../core/ports/bucket-store.ts';
import type { CallbackSender } from '../../core/ports/callback-sender.ts';
import type { Collection, CommitTogether } from '../../core/ports/collection.ts';
import type { Commit } from '../../core/ports/commit.ts';
import type { ConsentTokens } from '../../core/ports/consent-tokens.ts';
import type { CounterStore } from '../../core/ports/counters.ts';
import type { CustomerHistories } from '../../core/ports/customer-histories.ts';
import type { DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { Destinations } from '../../core/ports/destination.ts';
import type { DroppedEvents } from '../../core/ports/dropped-events.ts';
import type { ErasedKeys } from '../../core/ports/erased-keys.ts';
import type { EventArchive } from '../../core/ports/event-archive.ts';
import type { EventBus } from '../../core/ports/event-bus.ts';
import type { EventColumns } from '../../core/ports/event-columns.ts';
import type { EventCommitsIn } from '../../core/ports/event-commits.ts';
import type { EventFeed } from '../../core/ports/event-feed.ts';
import type { EventLake } from '../../core/ports/event-lake.ts';
import type { EventSeries } from '../../core/ports/event-series.ts';
import type { ExportFiles } from '../../core/ports/export-files.ts';
import type { FlipTimers } from '../../core/ports/flip-timers.ts';
import type { HotFiles } from '../../core/ports/hot-files.ts';
import type { IdentityStore } from '../../core/ports/identity-store.ts';
import type { IntegrationProbe } from '../../core/ports/integration-probe.ts';
import type { LakeFiles } from '../../core/ports/lake-files.ts';
import type { LakePartitions } from '../../core/ports/lake-partitions.ts';
import type { MembershipStore } from '../../core/ports/membership-store.ts';
import type { MergeStore } from '../../core/ports/merge-store.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { EventStream, Keyring, Queue } from '../../core/ports/outlets.ts';
import type { PersonalFiles } from '../../core/ports/personal-files.ts';
import type { PipelineProbe } from '../../core/ports/pipeline-probe.ts';
import type { ProfileSeals } from '../../core/ports/profile-seals.ts';
import type { SnapshotFiles, SnapshotParts } from '../../core/ports/profile-snapshot.ts';
import type { ProfileStore } from '../../core/ports/profile-store.ts';
import type { ProgressStore } from '../../core/ports/progress-store.ts';
import type { QuarantineStore } from '../../core/ports/quarantine.ts';
import type { QueryEngine } from '../../core/ports/query-engine.ts';
import type { RecentProfiles } from '../../core/ports/recent-profiles.ts';
import type { RecipientStore } from '../../core/ports/recipient-store.ts';
import type { ScoreFiles } from '../../core/ports/score-files.ts';
import type { SecretStore } from '../../core/ports/secret-store.ts';
import type { Signer } from '../../core/ports/signer.ts';
import type { StreamTickets } from '../../core/ports/stream-tickets.ts';
import type { Suppressions } from '../../core/ports/suppressions.ts';
import type { SyncBatches } from '../../core/ports/sync-batches.ts';
import type { SyncOutcomes } from '../../core/ports/sync-outcomes.ts';
import type { TableChange } from '../../core/ports/table-change.ts';
import type { TextSeals } from '../../core/ports/text-seals.ts';
import type { WebhookSecrets } from '../../core/ports/webhook-secrets.ts';
import type { AddressRefusal, WebhookSender } from '../../core/ports/webhook-sender.ts';
import type { WhileWanted } from '../../core/ports/while-wanted.ts';
import type { Settings } from './environment.ts';

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
  /** Merges of profiles, and the records of them. */
  readonly merges: MergeStore;
  /** What is known of who may be the same person, and what was decided. */
  readonly identity: IdentityStore;
  readonly blocks: BlockIndex;
  readonly fieldRuleDocuments: Collection<StoredFieldRules>;
  /** What holds for single fields of profiles, as of at most 30 s ago. */
  readonly fieldRules: Cached<FieldRules>;
  readonly identityConfigs: Collection<StoredIdentityConfig>;
  /** How it is decided who is who, as of a moment ago. */
  readonly identityConfig: Cached<IdentityConfig>;
  readonly matchModels: Collection<StoredMatchModel>;
  /** What two people are judged by, as of a moment ago. */
  readonly matchModel: Cached<JudgeFor>;
  /** What requests have changed a moment ago. */
  readonly recent: RecentProfiles;
  readonly segments: Collection<StoredSegment>;
  /** What each of them has been. */
  readonly segmentVersions: SegmentVersionsOf;
  /** The calculated fields of profiles. */
  readonly traits: Collection<StoredTrait>;
  readonly memberships: MembershipStore;
  /** When time alone changes who is in which segment. */
  readonly flipTimers: FlipTimers;
  /** What was made of definitions. */
  readonly segmentIndexes: SegmentIndexes;
  readonly audiences: Collection<Audience>;
  readonly recipients: RecipientStore;
  /** What syncs came to, person by person. */
  readonly outcomes: SyncOutcomes;
  /** The calls that syncs have made. */
  readonly syncBatches: SyncBatches;
  /** Destinations that did not answer this process a moment ago. */
  readonly resting: Resting;
  readonly jobs: Collection<StoredJob>;
  /** Which of them look for the answers of questions. */
  readonly questionsInWork: Collection<QuestionInWork>;
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
  /** Who had which identifier when this process looked. */
  readonly knownOwners: KnownOwners;
  readonly counters: CounterStore;
  readonly progress: ProgressStore;
  readonly pipeline: PipelineProbe;
  readonly audit: AuditLog;
  /** Where it is kept how far the audit log had come: objects that cannot be replaced. */
  readonly auditAnchors: ObjectStore;
  readonly quarantine: QuarantineStore;
  readonly events: EventStream;
  readonly queues: Queues;
  /** What became of batches of events. */
  readonly batches: BatchStore;
  readonly batchIds: BatchIds;
  /** What became of events that are not kept. */
  readonly droppedEvents: DroppedEvents;
  readonly keyring: Keyring;
  /** The files of the lake. */
  readonly lake: ObjectStore;
  /** Which of them are live. */
  readonly lakePartitions: LakePartitions;
  readonly hotFiles: HotFiles;
  readonly lakeFiles: LakeFiles;
  /** The values between the scores of recency, frequency and monetary value. */
  readonly rfmCuts: Collection<StoredRfmCuts>;
  /** What every training came to. */
  readonly models: Collection<StoredModel>;
  /** Those that score, as of a moment ago. */
  readonly scoring: Cached<ScoringModels>;
  /** What may be done next for somebody. */
  readonly actions: Collection<StoredActions>;
  /** What everybody did, day by day. */
  readonly histories: CustomerHistories;
  /** What everybody did, period by period. */
  readonly eventSeries: EventSeries;
  readonly scoreFiles: ScoreFiles;
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
  /** Links by which people confirm what they said. */
  readonly consentTokens: ConsentTokens;
  /** Every event that was ever folded. */
  readonly archive: EventArchive;
  readonly exportFiles: ExportFiles;
  /** Who is not to be reached. */
  readonly suppressions: Suppressions;
  readonly retentionPolicies: Collection<StoredRetentionPolicy>;
  readonly retentionPurges: Collection<RetentionPurge>;
  /** Up to where everything is over now. */
  readonly cutoffs: CutoffsNow;
  /** Sees at once what was changed of retention. */
  readonly dropRetention: () => void;
  /** What erased people were known by. */
  readonly erasedKeys: ErasedKeys;
  /** Whose requests are under way. */
  readonly requestSeals: TextSeals;
  /** What was done for people is signed with it. */
  readonly certifier: Signer;
  /** Tells whoever asked what became of a request. */
  readonly callbackSender: CallbackSender;
  readonly personalFiles: PersonalFiles;
  /** Where audiences are sent. */
  readonly destinations: Destinations;
  readonly sha256: Sha256;
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
  readonly whileWanted: WhileWanted;
  readonly digest: (text: string) => string;
  readonly newId: (prefix: string) => string;
  readonly nextEventId: (at: number) => string;
  readonly newSecret: () => string;
  readonly now: () => Date;
}
