import * as z from 'zod';
import { Fact } from '../model/fact.ts';
import { ReconciliationTally } from '../model/reconciliation-tally.ts';
import { RedriveTally } from '../model/redrive-tally.ts';

/**
 * What travels through queues: one queue, one message, one consumer (`functions/queues/<id in kebab>.ts`).
 * Messages are thin: they name what changed and the version at which it was seen, never personal data. One is not, and
 * says why.
 */
export interface Message {
  id: string;
  summary: string;
  schema: z.ZodType;
  /** How long one batch may take. */
  timeoutSeconds: number;
  batchSize: number;
  /** How long the mapping may wait to fill a batch. */
  windowSeconds: number;
  /** How many batches may be in work at once. */
  concurrencyMax: number;
}

const message = <const M extends Message>(definition: M): M => definition;
export type MessageBody<M extends Message> = z.output<M['schema']>;

/** A profile may have entered or left a segment: read it again, decide, and write what changed. */
export const reevaluateProfile = message({
  id: 'reevaluateProfile',
  summary: 'Decide a profile’s memberships again',
  /** `version`: the newest of the profile that was seen, 0 where only its person was. */
  schema: z.object({ profileId: z.string(), version: z.number().int() }),
  timeoutSeconds: 30,
  batchSize: 100,
  windowSeconds: 1,
  concurrencyMax: 5,
});

/** A segment is new or was edited: hold it against every profile, one partition of the profile list at a time. */
export const evaluateSegment = message({
  id: 'evaluateSegment',
  summary: 'Evaluate a new or edited segment over all profiles',
  schema: z.object({
    segmentId: z.string(),
    version: z.number().int(),
    jobId: z.string(),
    partition: z.number().int(),
    after: z.string().optional(),
    /** Looks again at who had changed a moment before the evaluation began; no part of the job. */
    late: z.literal(true).optional(),
  }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A person may have to be added to, or removed from, an audience at a destination. */
export const syncAudienceMember = message({
  id: 'syncAudienceMember',
  summary: 'Bring one person’s state at one destination up to date',
  schema: z.object({
    audienceId: z.string(),
    platform: z.string(),
    profileId: z.string(),
    /** The sync that wants to know what becomes of it. */
    syncId: z.string().optional(),
  }),
  timeoutSeconds: 60,
  batchSize: 100,
  windowSeconds: 1,
  concurrencyMax: 2,
});

/**
 * An audience was activated: queue every person that it concerns, one partition of one source at a time. A source is
 * one of its segments, `recipients`: everybody who was sent, `failed`: whom the destination did not take, or `closing`:
 * nobody; the sync may have come to its end. A sync is the job of the same id.
 */
export const syncAudience = message({
  id: 'syncAudience',
  summary: 'Queue every member of an activated audience',
  schema: z.object({
    audienceId: z.string(),
    platform: z.string(),
    syncId: z.string(),
    source: z.string(),
    partition: z.number().int(),
    after: z.string().optional(),
  }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A profile was erased: remove what its partition still holds. */
export const sweepProfile = message({
  id: 'sweepProfile',
  summary: 'Remove what an erased profile left behind',
  schema: z.object({ profileId: z.string() }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/**
 * Accepted events that the stream did not take. It holds personal data, because nothing else holds these events yet:
 * an answer 202 has promised that they are kept. It is encrypted at rest and gone as soon as it is folded; what is left
 * of it in the dead letters goes after 14 days, and folding it later gives nothing back to somebody who was erased.
 */
export const foldSpilledEvents = message({
  id: 'foldSpilledEvents',
  summary: 'Fold events that the stream did not take',
  /** The envelope as the stream would have had it: at most one event of 32 KB, or 25 kB of packed events. */
  schema: z.object({ envelope: z.base64().max(128 * 1024) }),
  timeoutSeconds: 60,
  batchSize: 10,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** What is kept of every profile is to be recomputed from its events, one partition of the profile list at a time. */
export const reconcileProfiles = message({
  id: 'reconcileProfiles',
  summary: 'Recompute profiles from their events',
  /** `tally`: what the pages before `after` came to. */
  schema: z.object({
    jobId: z.string(),
    partition: z.number().int(),
    after: z.string().optional(),
    tally: ReconciliationTally,
  }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A segment was deleted: remove what is kept of its members, one partition of the profile list at a time, twice. */
export const clearSegment = message({
  id: 'clearSegment',
  summary: 'Remove the memberships of a deleted segment',
  schema: z.object({
    segmentId: z.string(),
    jobId: z.string(),
    partition: z.number().int(),
    round: z.enum(['first', 'again']),
    after: z.string().optional(),
  }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A trait is new, or was deleted: calculate the traits of everybody, one partition of the profile list at a time. */
export const backfillTraits = message({
  id: 'backfillTraits',
  summary: 'Calculate the traits of all profiles',
  schema: z.object({ jobId: z.string(), partition: z.number().int(), after: z.string().optional() }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** Events in the quarantine are to be judged again, one partition of it, or some that were named, at a time. */
export const redriveEvents = message({
  id: 'redriveEvents',
  summary: 'Put events from the quarantine on the event stream again',
  /** `tally`: what those before `after` came to. */
  schema: z.object({ jobId: z.string(), part: z.string(), after: z.string().optional(), tally: RedriveTally }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A job that is worked by one message after the other: which step is to be done. */
const Step = z.object({ jobId: z.string(), place: z.string() });
const stepping = { schema: Step, timeoutSeconds: 60, batchSize: 1, windowSeconds: 0, concurrencyMax: 2 } as const;

/** Some rows of an uploaded file are to be imported. */
export const importPart = message({ id: 'importPart', summary: 'Import some rows of an uploaded file', ...stepping });

/** Some of what is to be exported is to be written. */
export const exportPart = message({ id: 'exportPart', summary: 'Write a part of an export', ...stepping });

/** Some of those whom a search finds are to be changed. */
export const bulkPart = message({ id: 'bulkPart', summary: 'Change some of those whom a search finds', ...stepping });

/** Some events of the archive are to be put on the event stream again. */
export const replayPart = message({ id: 'replayPart', summary: 'Replay some events of the archive', ...stepping });

/** A request of a person is to be carried out, one stage at a time. */
export const handleRequest = message({
  id: 'handleRequest',
  summary: 'Carry out a stage of what a person asks for',
  schema: Step,
  timeoutSeconds: 300,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A question that took longer than its caller waits is to be asked again, with more time and memory. */
export const answerQuestion = message({
  id: 'answerQuestion',
  summary: 'Look for the answer of a question that takes long',
  schema: Step,
  timeoutSeconds: 900,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** Some of what is predicted is to be learnt, or told of some people. */
export const modelPart = message({
  id: 'modelPart',
  summary: 'Learn a model, or score some people by those there are',
  schema: Step,
  timeoutSeconds: 900,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** An audience is to have a segment of people who are like its own. */
export const findLookalikes = message({
  id: 'findLookalikes',
  summary: 'Find people who are most like those of an audience',
  schema: Step,
  timeoutSeconds: 900,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A merge, or undoing one, is under way in steps and has to be finished; of one that was undone something is left. */
export const continueMerge = message({
  id: 'continueMerge',
  summary: 'Finish a merge that is under way, or tidy up after one that was undone',
  schema: z.object({ mergeId: z.string() }),
  timeoutSeconds: 60,
  batchSize: 1,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A receiver, or the bus, is to be told of something: by ids, the rest is read when it is sent. */
export const deliverWebhook = message({
  id: 'deliverWebhook',
  summary: 'Tell a webhook what has happened',
  schema: z.object({ webhookId: z.string(), fact: Fact }),
  timeoutSeconds: 60,
  batchSize: 20,
  windowSeconds: 0,
  concurrencyMax: 5,
});

/** Somebody newly said something about consent: what follows from it beyond destinations. */
export const followConsent = message({
  id: 'followConsent',
  summary: 'Suppress who unsubscribed, release what waited for a consent',
  schema: z.object({ profileId: z.string() }),
  timeoutSeconds: 60,
  batchSize: 20,
  windowSeconds: 0,
  concurrencyMax: 2,
});

/** A person is new or has changed, or was named together with another: find who may be the same, and decide. */
export const matchProfile = message({
  id: 'matchProfile',
  summary: 'Find profiles that may be the same person, and join or propose them',
  schema: z.object({ profileId: z.string() }),
  timeoutSeconds: 60,
  batchSize: 50,
  windowSeconds: 1,
  concurrencyMax: 2,
});

export const messages = [
  reevaluateProfile,
  evaluateSegment,
  syncAudienceMember,
  syncAudience,
  sweepProfile,
  foldSpilledEvents,
  reconcileProfiles,
  redriveEvents,
  clearSegment,
  backfillTraits,
  importPart,
  exportPart,
  bulkPart,
  replayPart,
  answerQuestion,
  modelPart,
  deliverWebhook,
  followConsent,
  matchProfile,
  continueMerge,
  handleRequest,
  findLookalikes,
] as const;
export type MessageId = (typeof messages)[number]['id'];
