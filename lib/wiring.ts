import type { RouteTable } from '../core/contract/index.ts';
import type { MessageId } from '../core/contract/messages.ts';
import type { SdkRouteId } from '../core/contract/sdk/sdk-routes.ts';
import type { ScheduleId, StreamConsumerId } from '../core/contract/workers.ts';

/** What a function may do, and how large it is, beyond what follows from its contract. */
export interface Wiring {
  /** Rights on the table and its list index; for a route they follow from its scope when absent. */
  table?: 'read' | 'audited-read' | 'read-write';
  /** Rights on the objects of the lake. */
  lake?: 'read' | 'read-write';
  /** Rights on what is uploaded and downloaded. */
  transfers?: 'read' | 'read-write';
  /** Uses, or also makes and destroys, the keys under which the lake keeps who somebody is. */
  seals?: 'read' | 'read-write';
  /** Seals entries of the audit log, or tells whether they hold. */
  audits?: true;
  /** Rights on how far the audit log had come. */
  anchors?: 'read' | 'read-write';
  /** Reads the platform secret, from which keys and tokens are derived, and the edge's origin secret. */
  secret?: true;
  /** Keeps how much of its limit a caller has used, and nothing else. */
  limits?: true;
  /** Keeps what came from each source and what was not as planned, and nothing else. */
  meters?: true;
  /** Reads, or also keeps and deletes, the credentials for outside systems. */
  integrationSecrets?: 'read' | 'read-write';
  /** Asks questions with DuckDB: carries its layer, runs on x86-64 and has room for copies of the lake's files. */
  queries?: true;
  /** Asks about all profiles, also where their files are too large for the function: Athena answers there. */
  everybody?: true;
  /** Puts records on the event stream. */
  putsEvents?: true;
  /** Sends to these queues. */
  sends?: readonly MessageId[] | 'all';
  /** Puts facts on the event bus. */
  publishes?: true;
  /** Reads the depth of every queue and the position of the event stream. */
  observes?: true;
  memoryMegabytes?: number;
  timeoutSeconds?: number;
}

/** What reads all events in one pass: with two processors, and room for their columns. */
const analysing = {
  lake: 'read',
  transfers: 'read-write',
  queries: true,
  everybody: true,
  memoryMegabytes: 3538,
  timeoutSeconds: 29,
} as const satisfies Wiring;

/** Exceptions of routes. Everything else about a route follows from its contract. */
const routeExceptions = {
  createApiKey: { secret: true },
  rotateApiKey: { secret: true },
  inviteUser: { secret: true },
  configureIntegration: { integrationSecrets: 'read-write' },
  testIntegration: { integrationSecrets: 'read-write' },
  disconnectIntegration: { integrationSecrets: 'read-write' },
  createAudience: { secret: true },
  getPipeline: { observes: true },
  trackEvent: { sends: ['foldSpilledEvents'], meters: true },
  trackEvents: { sends: ['foldSpilledEvents'], meters: true },
  getBatch: { secret: true },
  createProfile: { secret: true },
  updateProfile: { secret: true },
  attachIdentity: { secret: true },
  optOut: { secret: true },
  deleteProfile: { secret: true, lake: 'read-write' },
  findDuplicates: { lake: 'read' },
  resolveIdentity: { lake: 'read' },
  simulateIdentityConfig: { lake: 'read', queries: true, everybody: true, memoryMegabytes: 2048, timeoutSeconds: 29 },
  searchProfiles: { lake: 'read', queries: true, everybody: true, timeoutSeconds: 29 },
  listProfileEvents: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  getTimeline: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  listProfileSessions: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  listEvents: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  getEvent: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  streamEvents: { lake: 'read', seals: 'read', secret: true, timeoutSeconds: 660 },
  createStreamTicket: { table: 'audited-read', secret: true },
  takeCalls: { sends: ['foldSpilledEvents'], meters: true },
  createSource: { secret: true },
  testSource: { putsEvents: true, sends: ['foldSpilledEvents'] },
  listSessions: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  getSession: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  showSegmentSettings: { secret: true },
  showRudderConfig: { secret: true },
  previewSegment: { lake: 'read', queries: true, everybody: true, timeoutSeconds: 29 },
  showSegmentPerformance: { lake: 'read', queries: true, timeoutSeconds: 29 },
  explainMembership: { lake: 'read', seals: 'read', queries: true },
  exportSegment: { secret: true, timeoutSeconds: 29 },
  activateAudience: { secret: true },
  createImport: { transfers: 'read-write' },
  startImport: { transfers: 'read' },
  getImport: { transfers: 'read' },
  getExport: { transfers: 'read' },
  createWebhook: { secret: true },
  rotateWebhook: { secret: true },
  testWebhook: { secret: true, timeoutSeconds: 25 },
  replayWebhookDelivery: { sends: ['deliverWebhook'] },
  setConsent: { table: 'read-write', audits: true, secret: true, sends: ['foldSpilledEvents'] },
  confirmConsent: { table: 'read-write', audits: true, secret: true },
  summarizeConsent: { lake: 'read', queries: true, everybody: true, timeoutSeconds: 29 },
  listAllowed: { secret: true },
  createRequest: { secret: true },
  listRequests: { table: 'audited-read', secret: true },
  getRequest: { table: 'audited-read', secret: true, transfers: 'read' },
  cancelRequest: { secret: true },
  exportProfileData: { secret: true, lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  eraseProfileData: { secret: true, lake: 'read-write' },
  runRetention: { lake: 'read-write', queries: true, timeoutSeconds: 29 },
  getOverview: { lake: 'read', queries: true, everybody: true, timeoutSeconds: 29 },
  analyzeFunnel: { ...analysing },
  analyzeCohorts: { ...analysing },
  getAttribution: { ...analysing },
  analyzeJourneys: { ...analysing },
  listPeople: { ...analysing },
  getProfileJourney: { lake: 'read', seals: 'read', queries: true, timeoutSeconds: 29 },
  listAudienceMembers: { secret: true, timeoutSeconds: 29 },
  preflightAudience: { secret: true, lake: 'read', queries: true, everybody: true, timeoutSeconds: 29 },
  compareAudiences: { timeoutSeconds: 29 },
  listSuppressions: { secret: true },
  addSuppressions: { secret: true },
  deleteSuppression: { secret: true },
  findTrend: { lake: 'read', queries: true, timeoutSeconds: 29 },
  forecastMetric: { lake: 'read', queries: true, timeoutSeconds: 29 },
  listAnomalies: { lake: 'read', queries: true, timeoutSeconds: 29 },
  getSendTime: { lake: 'read', queries: true, timeoutSeconds: 29 },
  discoverSegments: { lake: 'read', queries: true, everybody: true, memoryMegabytes: 2048, timeoutSeconds: 29 },
  listAudit: { table: 'audited-read' },
  verifyAudit: { table: 'audited-read', anchors: 'read', timeoutSeconds: 29, memoryMegabytes: 1024 },
} as const satisfies Partial<Record<keyof RouteTable | SdkRouteId, Wiring>>;

/** The exceptions of a route, by its id. */
export const routeWiring: Readonly<Record<string, Wiring>> = routeExceptions;

/** Exceptions of what streams, queues and schedules drive. */
export const workerWiring = {
  foldEvents: { table: 'read-write', secret: true },
  evaluate: {
    table: 'read',
    sends: [
      'reevaluateProfile',
      'syncAudienceMember',
      'evaluateSegment',
      'syncAudience',
      'sweepProfile',
      'reconcileProfiles',
      'redriveEvents',
      'clearSegment',
      'backfillTraits',
      'importPart',
      'exportPart',
      'replayPart',
      'bulkPart',
      'answerQuestion',
      'modelPart',
      'deliverWebhook',
      'followConsent',
      'matchProfile',
      'continueMerge',
      'handleRequest',
      'findLookalikes',
    ],
    publishes: true,
  },
  project: { table: 'read-write', lake: 'read-write', seals: 'read-write' },
  reevaluateProfile: { table: 'read-write', lake: 'read', seals: 'read', queries: true },
  evaluateSegment: {
    table: 'read-write',
    lake: 'read',
    seals: 'read',
    queries: true,
    everybody: true,
    memoryMegabytes: 2048,
    sends: ['reevaluateProfile', 'evaluateSegment'],
  },
  syncAudienceMember: {
    table: 'read-write',
    secret: true,
    integrationSecrets: 'read',
    transfers: 'read-write',
    queries: true,
    sends: ['syncAudienceMember'],
  },
  syncAudience: {
    table: 'read-write',
    secret: true,
    integrationSecrets: 'read',
    sends: ['syncAudienceMember', 'syncAudience'],
  },
  deliverWebhook: { table: 'read-write', secret: true, sends: ['deliverWebhook'], publishes: true },
  sweepProfile: { table: 'read-write', lake: 'read-write', seals: 'read-write', sends: ['syncAudienceMember'] },
  followConsent: { table: 'read-write', secret: true },
  matchProfile: { table: 'read-write', lake: 'read' },
  foldSpilledEvents: { table: 'read-write', secret: true },
  continueMerge: { table: 'read-write' },
  findLookalikes: {
    table: 'read-write',
    lake: 'read',
    sends: ['findLookalikes'],
    queries: true,
    everybody: true,
    memoryMegabytes: 3008,
  },
  reconcileProfiles: { table: 'read-write', lake: 'read-write', sends: ['reconcileProfiles'] },
  clearSegment: { table: 'read-write', sends: ['clearSegment'] },
  backfillTraits: {
    table: 'read-write',
    lake: 'read',
    seals: 'read',
    queries: true,
    sends: ['backfillTraits', 'reevaluateProfile'],
  },
  redriveEvents: { table: 'read-write', putsEvents: true, sends: ['redriveEvents', 'foldSpilledEvents'] },
  importPart: {
    table: 'read-write',
    transfers: 'read-write',
    secret: true,
    putsEvents: true,
    sends: ['importPart', 'foldSpilledEvents'],
    memoryMegabytes: 1024,
  },
  exportPart: {
    table: 'read-write',
    secret: true,
    transfers: 'read-write',
    lake: 'read',
    seals: 'read',
    sends: ['exportPart'],
    queries: true,
  },
  bulkPart: { table: 'read-write', lake: 'read', secret: true, sends: ['bulkPart'], queries: true, everybody: true },
  replayPart: {
    table: 'read-write',
    lake: 'read',
    seals: 'read',
    putsEvents: true,
    sends: ['replayPart', 'reevaluateProfile', 'foldSpilledEvents'],
    queries: true,
  },
  answerQuestion: {
    table: 'read-write',
    secret: true,
    transfers: 'read-write',
    lake: 'read',
    seals: 'read',
    sends: ['answerQuestion'],
    queries: true,
    everybody: true,
    memoryMegabytes: 3538,
  },
  handleRequest: {
    table: 'read-write',
    lake: 'read-write',
    seals: 'read-write',
    transfers: 'read-write',
    secret: true,
    sends: ['handleRequest', 'syncAudienceMember'],
    queries: true,
    everybody: true,
    memoryMegabytes: 2048,
  },
  modelPart: {
    table: 'read-write',
    lake: 'read-write',
    sends: ['modelPart'],
    queries: true,
    everybody: true,
    memoryMegabytes: 3538,
  },
  predict: { table: 'read-write' },
  tick: { table: 'read-write', transfers: 'read', sends: 'all' },
  mergeLake: { table: 'read-write', lake: 'read-write', queries: true, memoryMegabytes: 2048 },
  compactLake: { table: 'read-write', lake: 'read-write', queries: true, memoryMegabytes: 2048 },
  learnIdentity: { table: 'read-write', lake: 'read-write', queries: true, everybody: true, memoryMegabytes: 3008 },
  rewriteSnapshot: { table: 'read-write', lake: 'read-write', queries: true, memoryMegabytes: 3008 },
  anchorAudit: { table: 'read', audits: true, anchors: 'read-write' },
  checkErasures: { table: 'read-write', lake: 'read', secret: true },
  enforceRetention: { table: 'read-write', lake: 'read-write', queries: true, memoryMegabytes: 2048 },
  cutScores: { table: 'read-write', lake: 'read', queries: true, everybody: true, memoryMegabytes: 2048 },
} as const satisfies Record<StreamConsumerId | MessageId | ScheduleId, Wiring>;
