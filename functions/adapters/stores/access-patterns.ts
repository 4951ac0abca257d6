import type { PairStatus } from '../../../core/model/profile-pair.ts';
import { duePartitions } from '../../../core/ports/delivery-store.ts';
import { pairPartitions } from '../../../core/ports/identity-store.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import { quarantinePartitions } from '../../../core/ports/quarantine.ts';
import { type RecentCommit, recentPartitions } from '../../../core/ports/recent-profiles.ts';
import { partitionOf } from './partition-of.ts';

const number = (value: number): string => String(value).padStart(12, '0');

/** In tenths, so that the order of texts is that of scores. */
export const scoreText = (score: number): string => String(Math.round(score * 10)).padStart(4, '0');

/** A key in the list index. */
const listed = (lpk: string, lsk: string) => ({ lpk, lsk });

/** The keys of every kind of item: the only place that writes one. */
export const keys = {
  profile: (id: string) => `P#${id}`,
  head: (id: string) => ({ pk: keys.profile(id), sk: 'H' }),
  person: (id: string) => ({ pk: keys.profile(id), sk: 'A' }),
  personList: (id: string, createdAt: number) =>
    listed(keys.personPartition(partitionOf(id, listPartitions)), `${new Date(createdAt).toISOString()}#${id}`),
  personPartition: (partition: number) => `PROFILES#${partition}`,
  chunk: (id: string, version: number, attempt: string) => ({
    pk: keys.profile(id),
    sk: `E#${number(version)}#${attempt}`,
  }),
  page: (id: string, page: number) => ({ pk: keys.profile(id), sk: `D#${number(page)}` }),
  /** `since`: of a profile with members, apart from what it had by itself. */
  order: (id: string, orderId: string, since?: number) => ({
    pk: keys.profile(id),
    sk: since === undefined ? `O#${orderId}` : `${keys.jointOrders(since)}${orderId}`,
  }),
  jointOrders: (since: number) => `J#${number(since)}#`,
  /** `image`: one of the profiles as it was. */
  merge: (id: string, mergeId: string, image?: 'primary' | 'secondary') => ({
    pk: keys.profile(id),
    sk: image === undefined ? `M#${mergeId}` : `M#${mergeId}#${image}`,
  }),
  mergePlace: (mergeId: string) => ({ pk: `MERGE#${mergeId}`, sk: 'M' }),
  mergePartition: (partition: number) => `MERGES#${partition}`,
  mergeList: (mergeId: string) => listed(keys.mergePartition(partitionOf(mergeId, listPartitions)), mergeId),
  /** `part`: one version may bring what several said. */
  consent: (id: string, at: number, version: number, part = 0) => ({
    pk: keys.profile(id),
    sk: `C#${new Date(at).toISOString()}#${number(version)}#${part}`,
  }),
  changes: (id: string, version: number) => ({ pk: keys.profile(id), sk: `${keys.changesPrefix}${number(version)}` }),
  changesPrefix: 'N#',
  membership: (id: string, segmentId: string) => ({ pk: keys.profile(id), sk: `X#${segmentId}` }),
  membershipPartition: (segmentId: string, partition: number) => `SEGMENT#${segmentId}#${partition}`,
  membershipList: (id: string, segmentId: string, enteredAt: string) =>
    listed(keys.membershipPartition(segmentId, partitionOf(id, listPartitions)), `${enteredAt}#${id}`),
  stay: (id: string, segmentId: string, exitedAt: string) => ({
    pk: keys.profile(id),
    sk: `${keys.staysIn(segmentId)}${exitedAt}`,
  }),
  staysPrefix: 'V#',
  staysIn: (segmentId: string) => `${keys.staysPrefix}${segmentId}#`,
  stayPartition: (segmentId: string, partition: number) => `STAYS#${segmentId}#${partition}`,
  stayList: (id: string, segmentId: string, enteredAt: string, exitedAt: string) =>
    listed(keys.stayPartition(segmentId, partitionOf(id, listPartitions)), `${exitedAt}#${enteredAt}#${id}`),
  flipTimer: (id: string) => ({ pk: keys.profile(id), sk: 'N' }),
  flipTimerPartition: (partition: number) => `FLIPS#${partition}`,
  flipTimerList: (id: string, dueAt: number) =>
    listed(keys.flipTimerPartition(partitionOf(id, listPartitions)), `${new Date(dueAt).toISOString()}#${id}`),
  recipient: (id: string, audienceId: string, platform: string) => ({
    pk: keys.profile(id),
    sk: `Y#${audienceId}#${platform}`,
  }),
  recipientPartition: (audienceId: string, platform: string, partition: number) =>
    `AUDIENCE#${audienceId}#${platform}#${partition}`,
  recipientList: (id: string, audienceId: string, platform: string) =>
    listed(keys.recipientPartition(audienceId, platform, partitionOf(id, listPartitions)), id),
  undelivered: (id: string, audienceId: string, platform: string) => ({
    pk: keys.profile(id),
    sk: `W#${audienceId}#${platform}`,
  }),
  retryPartition: (partition: number) => `RETRIES#${partition}`,
  retryList: (id: string, audienceId: string, platform: string, dueAt: number) =>
    listed(
      keys.retryPartition(partitionOf(id, listPartitions)),
      `${new Date(dueAt).toISOString()}#${id}#${audienceId}#${platform}`,
    ),
  failedPartition: (audienceId: string, platform: string, partition: number) =>
    `FAILED#${audienceId}#${platform}#${partition}`,
  failedList: (id: string, audienceId: string, platform: string) =>
    listed(keys.failedPartition(audienceId, platform, partitionOf(id, listPartitions)), id),
  syncOutcome: (id: string, syncId: string) => ({ pk: keys.profile(id), sk: `Z#${syncId}` }),
  syncPartition: (syncId: string, partition: number) => `SYNC#${syncId}#${partition}`,
  syncList: (id: string, syncId: string, outcome: string) =>
    listed(keys.syncPartition(syncId, partitionOf(id, listPartitions)), `${outcome}#${id}`),
  syncBatch: (syncId: string, at: string, id: string) => ({ pk: `CALLS#${syncId}`, sk: `${at}#${id}` }),
  factsOf: (subject: string) => `FACTS#${subject}`,
  /** `pk`: of the profile that it is about, or of another subject. */
  told: (pk: string, webhookId: string, factId: string) => ({ pk, sk: `T#${webhookId}#${factId}` }),
  toldPartition: (webhookId: string, partition: number) => `WEBHOOK#${webhookId}#${partition}`,
  toldList: (webhookId: string, at: string, factId: string) =>
    listed(keys.toldPartition(webhookId, partitionOf(factId, duePartitions)), `${at}#${factId}`),
  /** `place`: the order of the fact and its id. */
  untold: (pk: string, webhookId: string, place: string) => ({ pk, sk: `U#${webhookId}#${place}` }),
  untoldPartition: (partition: number) => `UNTOLD#${partition}`,
  untoldList: (webhookId: string, dueAt: number, factId: string) =>
    listed(
      keys.untoldPartition(partitionOf(factId, duePartitions)),
      `${new Date(dueAt).toISOString()}#${webhookId}#${factId}`,
    ),
  tie: (id: string, name: string) => ({ pk: keys.profile(id), sk: `G#${name}` }),
  pair: (id: string, otherId: string) => ({ pk: keys.profile(id), sk: `K#${otherId}` }),
  pairPartition: (status: PairStatus, partition: number) => `PAIRS#${status}#${partition}`,
  pairList: (pairId: string, status: PairStatus, score: number) =>
    listed(keys.pairPartition(status, partitionOf(pairId, pairPartitions)), `${scoreText(score)}#${pairId}`),
  decision: (id: string, decisionId: string) => ({ pk: keys.profile(id), sk: `L#${decisionId}` }),
  decisionPartition: (partition: number) => `IDENTITY-LOG#${partition}`,
  decisionList: (decisionId: string, at: string, decision: string) =>
    listed(keys.decisionPartition(partitionOf(decisionId, pairPartitions)), `${at}#${decisionId}#${decision}`),
  blocksOf: (id: string) => ({ pk: keys.profile(id), sk: 'B' }),
  block: (key: string) => ({ pk: `B#${key}`, sk: 'B' }),
  fieldRules: (id: string) => ({ pk: 'FIELD-RULES', sk: id }),
  identityConfig: (id: string) => ({ pk: 'IDENTITY-CONFIG', sk: id }),
  matchModel: (id: string) => ({ pk: 'MATCH-MODELS', sk: id }),
  webhook: (id: string) => ({ pk: 'WEBHOOKS', sk: id }),
  /** `person`: its version where the commit changed it. */
  recent: ({ id, head, person }: RecentCommit) => ({
    pk: keys.recentPartition(partitionOf(id, recentPartitions)),
    sk: `${new Date(head.updatedAt).toISOString()}#${id}#${number(head.version)}.${person ?? ''}`,
  }),
  recentPartition: (partition: number) => `RECENT#${partition}`,
  claim: (matchKey: string) => ({ pk: `I#${matchKey}`, sk: 'I' }),
  quarantined: (day: string, eventId: string) => ({
    pk: keys.quarantineDay(day, partitionOf(eventId, quarantinePartitions)),
    sk: eventId,
  }),
  quarantineDay: (day: string, partition: number) => `Q#${day}#${partition}`,
  quarantinePartition: (partition: number) => `QUARANTINE#${partition}`,
  quarantineList: (eventId: string, receivedAt: string, reason: string, type: string) =>
    listed(
      keys.quarantinePartition(partitionOf(eventId, quarantinePartitions)),
      `${receivedAt}#${reason}#${type}#${eventId}`,
    ),
  redrivePatch: (jobId: string) => ({ pk: 'REDRIVES', sk: jobId }),
  answer: (hash: string) => ({ pk: 'IDEMPOTENCY', sk: hash }),
  erasedKey: (name: string) => ({ pk: `ERASED#${name}`, sk: 'E' }),
  suppression: (hash: string) => ({ pk: `SUP#${hash}`, sk: 'S' }),
  suppressionPartition: (partition: number) => `SUPPRESSIONS#${partition}`,
  suppressionList: (hash: string, at: number) =>
    listed(keys.suppressionPartition(partitionOf(hash, listPartitions)), `${new Date(at).toISOString()}#${hash}`),
  /** That somebody was ever suppressed by a SHA-256. */
  suppressedHashes: () => ({ pk: 'SUPPRESSED-HASHES', sk: 'S' }),
  segment: (id: string) => ({ pk: 'SEGMENTS', sk: id }),
  segmentVersion: (segmentId: string, id: string) => ({ pk: `SEGMENT-VERSIONS#${segmentId}`, sk: id }),
  trait: (name: string) => ({ pk: 'TRAITS', sk: name }),
  audience: (id: string) => ({ pk: 'AUDIENCES', sk: id }),
  question: (digest: string) => ({ pk: 'QUESTIONS', sk: digest }),
  job: (id: string) => ({ pk: 'JOBS', sk: id }),
  apiKey: (id: string) => ({ pk: 'API-KEYS', sk: id }),
  eventNames: (id: string) => ({ pk: 'EVENT-NAMES', sk: id }),
  schema: (type: string) => ({ pk: 'SCHEMAS', sk: type }),
  planViolations: (type: string) => ({ pk: 'PLAN-VIOLATIONS', sk: type }),
  sourceActivity: (keyId: string) => ({ pk: 'SOURCE-ACTIVITY', sk: keyId }),
  integration: (name: string) => ({ pk: 'INTEGRATIONS', sk: name }),
  user: (id: string) => ({ pk: 'USERS', sk: id }),
  settings: (id: string) => ({ pk: 'SETTINGS', sk: id }),
  bucket: (callerId: string) => ({ pk: `RATE#${callerId}`, sk: 'B' }),
  audit: (day: string, lane: number, index: number) => ({ pk: `AUDIT#${day}#${lane}`, sk: number(index) }),
  progress: (consumer: string, shard: string) => ({ pk: `PROGRESS#${consumer}`, sk: shard }),
  batch: (batchId: string, parts: readonly number[]) => ({ pk: `BATCH#${batchId}`, sk: parts.join() }),
  dropped: (minute: string, last: string, first: string) => ({ pk: `DROPPED#${minute}`, sk: `${last}#${first}` }),
  batchEvent: (batchId: string, eventId: string) => ({ pk: `BATCH#${batchId}`, sk: `E#${eventId}` }),
  counter: (shard: string) => ({ pk: 'COUNTERS', sk: shard }),
  /** Sequence numbers have at most 40 digits. */
  lakeHot: (shard: string, from: string) => ({
    pk: 'LAKE-HOT',
    sk: `${shard}#${from === '' ? '' : from.padStart(40, '0')}`,
  }),
  lakeDay: (day: string) => ({ pk: 'LAKE-DAYS', sk: day }),
  lakeAliases: () => ({ pk: 'LAKE-ALIASES', sk: 'A' }),
  model: (id: string) => ({ pk: 'MODELS', sk: id }),
  actions: (id: string) => ({ pk: 'ACTIONS', sk: id }),
  rfmCuts: (id: string) => ({ pk: 'RFM-CUTS', sk: id }),
  retentionPolicy: (name: string) => ({ pk: 'RETENTION', sk: name }),
  retentionPurge: (id: string) => ({ pk: 'PURGES', sk: id }),
  snapshot: (id: string) => ({ pk: 'SNAPSHOTS', sk: id }),
};

/** Which profile an item of a profile's partition belongs to, or `undefined` for every other item. */
export const profileIdIn = (pk: string): string | undefined =>
  pk.startsWith('P#') ? pk.slice('P#'.length) : undefined;

/** The day of receipt of an event that is kept aside, or `undefined` for every other item. */
export const quarantineDayIn = (pk: string): string | undefined =>
  pk.startsWith('Q#') ? pk.split('#', 2)[1] : undefined;

export const isSuppression = (pk: string): boolean => pk.startsWith('SUP#');
