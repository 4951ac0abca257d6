import { duePartitions } from '../../../core/ports/delivery-store.ts';
import { listPartitions } from '../../../core/ports/profile-store.ts';
import { quarantinePartitions } from '../../../core/ports/quarantine.ts';
import { partitionOf } from './partition-of.ts';

/**
 * One kind of item in the single table. `personal`: it holds personal data or belongs to one person, so that an entry
 * in the registry of personal stores must hold, sweep and verify it.
 */
export interface ItemKind {
  title: string;
  pk: string;
  sk: string;
  /** The key in the list index, where the kind stands in it. */
  list?: string;
  personal: boolean;
  answers: string;
}

/** Every kind of item; `docs/access-patterns.md` is generated from this table. */
export const itemKinds = {
  head: {
    title: 'Profile head',
    pk: 'P#<profileId>',
    sk: 'H',
    personal: true,
    answers: 'What do a profile’s events add up to, and is it live? Its conditional update commits every fold.',
  },
  person: {
    title: 'Person',
    pk: 'P#<profileId>',
    sk: 'A',
    list: 'PROFILES#<0–15> · <createdAt>#<profileId>',
    personal: true,
    answers: 'Who is it: attributes, identifiers, consent, with provenance? All profiles, newest first.',
  },
  chunk: {
    title: 'Event chunk',
    pk: 'P#<profileId>',
    sk: 'E#<version>#<attempt>',
    personal: true,
    answers: 'Which events did one commit fold? Exists only if the head or a later chunk names it.',
  },
  page: {
    title: 'Fingerprint page',
    pk: 'P#<profileId>',
    sk: 'D#<page>',
    personal: true,
    answers: 'Which messages were folded before those in the head’s ring?',
  },
  order: {
    title: 'Order',
    pk: 'P#<profileId>',
    sk: 'O#<orderId>',
    personal: true,
    answers: 'Which message owns the revenue of an order, and what was given back of it?',
  },
  consent: {
    title: 'Consent entry',
    pk: 'P#<profileId>',
    sk: 'C#<time>#<version>#<n>',
    personal: true,
    answers: 'Who said what about which channel, when? Append only.',
  },
  membership: {
    title: 'Membership',
    pk: 'P#<profileId>',
    sk: 'X#<segmentId>',
    list: 'SEGMENT#<segmentId>#<0–15> · <enteredAt>#<profileId>',
    personal: true,
    answers: 'Is a profile in a segment, since when, decided at which version? The members of a segment.',
  },
  recipient: {
    title: 'Recipient',
    pk: 'P#<profileId>',
    sk: 'Y#<audienceId>#<platform>',
    list: 'AUDIENCE#<audienceId>#<platform>#<0–15> · <profileId>',
    personal: true,
    answers: 'What does a destination hold of a person? Everybody whom an audience was sent.',
  },
  undelivered: {
    title: 'Undelivered',
    pk: 'P#<profileId>',
    sk: 'W#<audienceId>#<platform>',
    list: 'RETRIES#<0–15> · <dueAt>#<profileId>#<audienceId>#<platform>, or FAILED#<audienceId>#<platform>#<0–15> · <profileId>',
    personal: true,
    answers: 'Which deliveries are due again, and which are not tried any more?',
  },
  syncOutcome: {
    title: 'Sync outcome',
    pk: 'P#<profileId>',
    sk: 'Z#<syncId>',
    list: 'SYNC#<syncId>#<0–15> · <outcome>#<profileId>',
    personal: true,
    answers: 'What did a sync come to for a person? How many it came to what for. Kept 30 days.',
  },
  told: {
    title: 'Message to a webhook',
    pk: 'P#<profileId>',
    sk: 'T#<webhookId>#<factId>',
    list: 'WEBHOOK#<webhookId>#<0–7> · <at>#<factId>',
    personal: true,
    answers: 'What became of telling a webhook what happened to a profile? By ids alone. Kept 30 days.',
  },
  untold: {
    title: 'Message that waits',
    pk: 'P#<profileId>',
    sk: 'U#<webhookId>#<order>#<factId>',
    list: 'UNTOLD#<0–7> · <dueAt>#<webhookId>#<factId>',
    personal: true,
    answers: 'Which messages are due again, and which must wait behind them?',
  },
  toldOfOthers: {
    title: 'Message about nobody',
    pk: 'FACTS#<subject>',
    sk: 'T#<webhookId>#<factId>, U#<webhookId>#<order>#<factId>',
    list: 'as for messages about a profile',
    personal: false,
    answers: 'The same of facts about jobs, audiences and events, and of the id of a profile that was erased.',
  },
  claim: {
    title: 'Claim',
    pk: 'I#<type>#<normalised value>',
    sk: 'I',
    personal: true,
    answers: 'Which profile has an identifier? Written in the transaction that gives it one.',
  },
  quarantined: {
    title: 'Quarantined event',
    pk: 'Q#<day>#<0–3>',
    sk: '<eventId>',
    list: 'QUARANTINE#<0–3> · <receivedAt>#<reason>#<type>#<eventId>',
    personal: true,
    answers:
      'Which accepted events could not be folded, and why? Newest first, by reason and type. What was redriven leaves its id and its tries. Kept 30 days.',
  },
  redrivePatch: {
    title: 'Patch of a redrive',
    pk: 'REDRIVES',
    sk: '<jobId>',
    personal: true,
    answers: 'What is to be changed of the events that a job redrives? Kept 7 days.',
  },
  answer: {
    title: 'Stored answer',
    pk: 'IDEMPOTENCY',
    sk: '<hash of caller, route and Idempotency-Key>',
    personal: true,
    answers: 'What was answered to this request before? Expires after 24 hours.',
  },
  suppression: {
    title: 'Suppression',
    pk: 'SUP#<keyed hash of a match key>',
    sk: 'S',
    personal: false,
    answers:
      'Who is not to be reached, by which channel, until when? A hash finds nobody; it stays when somebody is erased, so that they are left alone.',
  },
  segment: {
    title: 'Segment',
    pk: 'SEGMENTS',
    sk: '<segmentId>',
    personal: false,
    answers: 'All segment definitions, in one query.',
  },
  audience: {
    title: 'Audience',
    pk: 'AUDIENCES',
    sk: '<audienceId>',
    personal: false,
    answers: 'All audiences, in one query.',
  },
  job: { title: 'Job', pk: 'JOBS', sk: '<jobId>', personal: false, answers: 'All jobs, newest first.' },
  apiKey: {
    title: 'API key',
    pk: 'API-KEYS',
    sk: '<keyId>',
    personal: false,
    answers: 'What may the bearer of a key do? Only a hash of the secret is kept.',
  },
  integration: {
    title: 'Integration',
    pk: 'INTEGRATIONS',
    sk: '<name>',
    personal: false,
    answers: 'Which outside systems are connected? Their secrets are kept elsewhere.',
  },
  user: {
    title: 'User of the console',
    pk: 'USERS',
    sk: '<userId>',
    personal: false,
    answers: 'Which roles were given to whoever signs in with an address? Of the team, not of customers.',
  },
  webhook: {
    title: 'Webhook',
    pk: 'WEBHOOKS',
    sk: '<webhookId>',
    personal: false,
    answers: 'Who is told of what? Secrets are sealed.',
  },
  eventNames: {
    title: 'Names of SDK events',
    pk: 'EVENT-NAMES',
    sk: 'event-names',
    personal: false,
    answers: 'Which names of events mean which of our types, in a team’s own words?',
  },
  schema: {
    title: 'Schema of the tracking plan',
    pk: 'SCHEMAS',
    sk: '<type of event>',
    personal: false,
    answers: 'What should events of each type say? The whole plan in one query.',
  },
  planViolations: {
    title: 'Violations of the tracking plan',
    pk: 'PLAN-VIOLATIONS',
    sk: '<type of event>',
    personal: false,
    answers: 'How many events of a type were not as planned, and which lately? Places and reasons, no values.',
  },
  sourceActivity: {
    title: 'Activity of a source',
    pk: 'SOURCE-ACTIVITY',
    sk: '<keyId>',
    personal: false,
    answers: 'What came from each source, when last, and how much in the last minute?',
  },
  settings: {
    title: 'Settings',
    pk: 'SETTINGS',
    sk: 'overrides',
    personal: false,
    answers: 'What was changed while the platform runs, in place of what it was deployed with?',
  },
  bucket: {
    title: 'Bucket of a caller',
    pk: 'RATE#<callerId>',
    sk: 'B',
    personal: false,
    answers:
      'How many requests has a caller left? When its bucket will be full again; processes take tokens in advance.',
  },
  audit: {
    title: 'Audit entry',
    pk: 'AUDIT#<day>#<0–15>',
    sk: '<time and random>',
    personal: false,
    answers: 'Who called what about whom? Pseudonyms and field classes, never values. Append only.',
  },
  counter: {
    title: 'Counter',
    pk: 'COUNTERS',
    sk: '<stream shard>',
    personal: false,
    answers: 'How many profiles and events are there, exactly? One item per shard with the last sequence number seen.',
  },
  batch: {
    title: 'Batch report',
    pk: 'BATCH#<batchId>',
    sk: '<parts>',
    personal: false,
    answers: 'What became of the parts of a batch that one window has dealt with? Kept 14 days.',
  },
  batchEvent: {
    title: 'Redriven event of a batch',
    pk: 'BATCH#<batchId>',
    sk: 'E#<eventId>',
    personal: false,
    answers: 'What became of an event of a batch that was quarantined at first? Kept 14 days.',
  },
  progress: {
    title: 'Progress',
    pk: 'PROGRESS#<consumer>',
    sk: '<stream shard>',
    personal: false,
    answers: 'How far has a consumer of the event stream come?',
  },
  lakeHot: {
    title: 'Hot object of the lake',
    pk: 'LAKE-HOT',
    sk: '<stream shard>#<sequence number>',
    personal: false,
    answers: 'Which objects hold what was committed a moment ago? Each goes on where the one before it ended.',
  },
  lakeDay: {
    title: 'Day of the lake',
    pk: 'LAKE-DAYS',
    sk: '<day>',
    personal: false,
    answers: 'Which files hold the events of a day? Replaced as a whole, so that a reader has every row once.',
  },
  snapshot: {
    title: 'Snapshot',
    pk: 'SNAPSHOTS',
    sk: 'profiles',
    personal: false,
    answers: 'Which files of the lake tell what all profiles look like? Replaced as a whole.',
  },
  lakeAliases: {
    title: 'Aliases of the lake',
    pk: 'LAKE-ALIASES',
    sk: 'A',
    personal: false,
    answers: 'Which files tell who has the events of profiles that were merged or erased?',
  },
} as const satisfies Record<string, ItemKind>;

const number = (value: number): string => String(value).padStart(12, '0');

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
  order: (id: string, orderId: string) => ({ pk: keys.profile(id), sk: `O#${orderId}` }),
  /** `part`: one version may bring what several said. */
  consent: (id: string, at: number, version: number, part = 0) => ({
    pk: keys.profile(id),
    sk: `C#${new Date(at).toISOString()}#${number(version)}#${part}`,
  }),
  membership: (id: string, segmentId: string) => ({ pk: keys.profile(id), sk: `X#${segmentId}` }),
  membershipPartition: (segmentId: string, partition: number) => `SEGMENT#${segmentId}#${partition}`,
  membershipList: (id: string, segmentId: string, enteredAt: string) =>
    listed(keys.membershipPartition(segmentId, partitionOf(id, listPartitions)), `${enteredAt}#${id}`),
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
  webhook: (id: string) => ({ pk: 'WEBHOOKS', sk: id }),
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
  suppression: (hash: string) => ({ pk: `SUP#${hash}`, sk: 'S' }),
  segment: (id: string) => ({ pk: 'SEGMENTS', sk: id }),
  audience: (id: string) => ({ pk: 'AUDIENCES', sk: id }),
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
  audit: (day: string, partition: number, id: string) => ({ pk: `AUDIT#${day}#${partition}`, sk: id }),
  progress: (consumer: string, shard: string) => ({ pk: `PROGRESS#${consumer}`, sk: shard }),
  batch: (batchId: string, parts: readonly number[]) => ({ pk: `BATCH#${batchId}`, sk: parts.join() }),
  batchEvent: (batchId: string, eventId: string) => ({ pk: `BATCH#${batchId}`, sk: `E#${eventId}` }),
  counter: (shard: string) => ({ pk: 'COUNTERS', sk: shard }),
  /** Sequence numbers have at most 40 digits. */
  lakeHot: (shard: string, from: string) => ({
    pk: 'LAKE-HOT',
    sk: `${shard}#${from === '' ? '' : from.padStart(40, '0')}`,
  }),
  lakeDay: (day: string) => ({ pk: 'LAKE-DAYS', sk: day }),
  lakeAliases: () => ({ pk: 'LAKE-ALIASES', sk: 'A' }),
  snapshot: (id: string) => ({ pk: 'SNAPSHOTS', sk: id }),
};

/** Which profile an item of a profile's partition belongs to, or `undefined` for every other item. */
export const profileIdIn = (pk: string): string | undefined =>
  pk.startsWith('P#') ? pk.slice('P#'.length) : undefined;

/** The day of receipt of an event that is kept aside, or `undefined` for every other item. */
export const quarantineDayIn = (pk: string): string | undefined =>
  pk.startsWith('Q#') ? pk.split('#', 2)[1] : undefined;

export const isSuppression = (pk: string): boolean => pk.startsWith('SUP#');
