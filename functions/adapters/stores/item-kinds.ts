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
    sk: '<place in the chain>',
    personal: false,
    answers:
      'Who called what about whom, and what came of it? Pseudonyms and field classes, never values; each sealed with the seal of the one before it. Append only.',
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
