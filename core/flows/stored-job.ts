import type { Job } from '../contract/system.ts';
import type { BulkAction, BulkTally } from '../model/bulk-action.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { ExportSpec, ExportTally } from '../model/export-spec.ts';
import type { ImportSpec } from '../model/import-spec.ts';
import type { ImportTally } from '../model/import-tally.ts';
import type { ModelTally } from '../model/model-tally.ts';
import type { Platform } from '../model/platform-config.ts';
import type { PrivacyRequest } from '../model/privacy-request.ts';
import type { ProfileSearch } from '../model/profile-search.ts';
import { addTallies, emptyTally, type ReconciliationTally } from '../model/reconciliation-tally.ts';
import { addRedriveTallies, emptyRedriveTally, type RedriveTally } from '../model/redrive-tally.ts';
import type { ReplayTally } from '../model/replay-tally.ts';
import type { ModelName } from '../model/stored-model.ts';
import type { SyncTally } from '../model/sync-outcome.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';
import type { ReplaceSession } from '../ports/destination.ts';
import { changeDocument } from './change-document.ts';

export interface Work extends Document, Omit<Job, 'kind'> {
  /** What is left to be done: parts by name, each with the place that its worker has come to (empty: its beginning). */
  pending: Record<string, string>;
  /** How often parts whose workers had stalled were begun again. */
  resends: number;
}

export interface EvaluateJob extends Work {
  kind: 'segment.evaluate';
  segmentVersion: number;
}

export interface SyncJob extends Work {
  kind: 'audience.sync';
  platform: Platform;
  /** `forget`: the audience is gone, and what was kept of its people goes, too. */
  operation: 'add' | 'remove' | 'replace' | 'forget';
  /** The sync whose failures it sends again. */
  retryOf?: string;
  /** The exchange of everybody that is under way at the platform. */
  session?: ReplaceSession;
  /** Until when (epoch ms) whoever works a batch of it is alone with that. */
  exchangeLeasedUntil?: number | undefined;
  /** When it was first seen that nobody is pending. */
  quietAt?: string | undefined;
  endedAt?: string;
  /** What it came to, once it has ended. */
  tally?: SyncTally;
}

export interface ClearJob extends Work {
  kind: 'segment.clear';
}

/** Calculates the traits of everybody: `subjectId` is new among them, or is no more. */
export interface TraitJob extends Work {
  kind: 'trait.backfill' | 'trait.clear';
}

export interface ReconcileJob extends Work {
  kind: 'profiles.reconcile';
  /** Keeps what was recomputed where it differs. */
  repair: boolean;
  /** What each part has found up to its place. */
  tallies: Record<string, ReconciliationTally>;
}

/** Which events a redrive means; times in epoch ms, `until` excluded. */
export type RedriveSelection = { ids: string[] } | { reason?: string; type?: string; from: number; until: number };

export interface RedriveJob extends Work {
  kind: 'quarantine.redrive';
  selection: RedriveSelection;
  /** Whether there is a patch, which is kept apart. */
  patched: boolean;
  /** Tells what would happen, and changes nothing. */
  dryRun: boolean;
  /** What each part has come to up to its place. */
  tallies: Record<string, RedriveTally>;
}

/** Its progress counts bytes of the file; it waits until this is uploaded. */
export interface ImportJob extends Work {
  kind: 'import';
  spec: ImportSpec;
  /** The file as it was when the import began, epoch ms: it must stay the same. */
  begun?: { at: number; etag: string; sizeBytes: number };
  tally: ImportTally;
}

export interface ExportJob extends Work {
  kind: 'export';
  spec: ExportSpec;
  /** Parts of the file that were written so far, in their order. */
  parts: string[];
  rows: number;
  /** The whole file, once it is there. */
  file?: { key: string; sizeBytes: number };
}

/** Whom replayed events are for. */
export type ReplayTarget = 'profiles' | 'segments';

export interface ReplayJob extends Work {
  kind: 'events.replay';
  /** Event times, epoch ms, `until` excluded. */
  from: number;
  until: number;
  types?: string[];
  target: ReplayTarget;
  eventsPerSecond?: number;
  /** Tells what would be replayed, and changes nothing. */
  dryRun: boolean;
  tally: ReplayTally;
}

export interface BulkJob extends Work {
  kind: 'profiles.bulk';
  search: ProfileSearch;
  action: BulkAction;
  /** Tells who would be changed, and changes nobody. */
  dryRun: boolean;
  /** Whose request it is, and what they may see: they find nobody by anything else. */
  actor: string;
  fieldPolicy: FieldPolicy;
  tally: BulkTally;
}

/** What was asked: a route's input, as whoever asked may see the answer. */
export interface AskedQuestion {
  /** The id of the route. */
  route: string;
  input: { params?: unknown; query?: unknown; body?: unknown };
  fieldPolicy: FieldPolicy;
}

export interface QuestionJob extends Work {
  kind: 'question';
  question: AskedQuestion;
  rows: number;
  /** The answer, once it is there. */
  file?: { key: string; sizeBytes: number };
}

/** A request of a person, or for one; in its words and with what became of it. */
export interface PrivacyJob extends Work, PrivacyRequest {
  kind: 'privacy.request';
}

export interface TrainJob extends Work {
  kind: 'ml.train';
  models: ModelName[];
  /** How many days ahead they look; absent: as usual for each. */
  windowDays?: number;
  tally: ModelTally;
}

export interface ScoreJob extends Work {
  kind: 'ml.score';
  /** Only who is in it; everybody when absent. */
  segmentId?: string;
  tally: ModelTally;
}

/** Its subject is the segment that it fills. */
export interface LookalikeJob extends Work {
  kind: 'audience.lookalike';
  /** Whose people others are to be like. */
  audienceId: string;
  /** Of everybody else; or so many. */
  ratio: number;
  size?: number;
  /** As of when people are compared, epoch ms. */
  askedAt: number;
  found: number;
}

/** A job as it is kept: what it works on, and what is left of it. */
export type StoredJob =
  | EvaluateJob
  | SyncJob
  | ReconcileJob
  | RedriveJob
  | ClearJob
  | TraitJob
  | ImportJob
  | ExportJob
  | ReplayJob
  | BulkJob
  | QuestionJob
  | PrivacyJob
  | TrainJob
  | ScoreJob
  | LookalikeJob;

/** What a job tells of what it has done so far, where it tells anything. */
export const resultOf = (
  job: StoredJob,
):
  | ReconciliationTally
  | RedriveTally
  | ImportTally
  | ExportTally
  | ReplayTally
  | BulkTally
  | ModelTally
  | undefined => {
  if (job.kind === 'import' || job.kind === 'events.replay' || job.kind === 'profiles.bulk') return job.tally;
  if (job.kind === 'ml.train' || job.kind === 'ml.score') return job.tally;
  if (job.kind === 'audience.lookalike') return { rows: job.found, files: 0 };
  if (job.kind === 'question') return { rows: job.rows, files: job.file ? 1 : 0 };
  if (job.kind === 'export') return { rows: job.rows, files: job.parts.length };
  if (job.kind === 'profiles.reconcile') return Object.values(job.tallies).reduce(addTallies, emptyTally);
  if (job.kind !== 'quarantine.redrive') return undefined;
  return Object.values(job.tallies).reduce(addRedriveTallies, emptyRedriveTally);
};

/** What every job begins with. */
export const newWork = (id: string, subjectId: string, parts: readonly string[], at: string): Work => ({
  id,
  version: 1,
  subjectId,
  status: 'running',
  progress: { done: 0, total: parts.length },
  pending: Object.fromEntries(parts.map(part => [part, ''])),
  resends: 0,
  createdAt: at,
  updatedAt: at,
});

export interface JobTools {
  jobs: Collection<StoredJob>;
  now: () => Date;
}

const change = async (id: string, tools: JobTools, changed: (job: StoredJob) => StoredJob): Promise<void> => {
  await changeDocument('Job', id, tools.jobs, job => {
    const next = job.status === 'running' ? changed(job) : job;
    return next === job ? job : { ...next, updatedAt: tools.now().toISOString() };
  });
};

/** Notes how far a part has come; of an ended job, or of a part that has ended, there is nothing to note. */
export const notePlace = (
  id: string,
  part: string,
  place: string,
  tools: JobTools,
  tallies: Tallies = {},
): Promise<void> =>
  change(id, tools, job =>
    part in job.pending ? { ...told(job, tallies), pending: { ...job.pending, [part]: place } } : job,
  );

/** What parts of a job have come to; of the kind that the job has. */
type Tallies = ReconcileJob['tallies'] | RedriveJob['tallies'];

const told = (job: StoredJob, tallies: Tallies): StoredJob =>
  'tallies' in job ? ({ ...job, tallies: { ...job.tallies, ...tallies } } as StoredJob) : job;

/** Takes a part off what is left; the job is completed with the last. Ending a part twice changes nothing. */
export const endPart = (id: string, part: string, tools: JobTools, tallies: Tallies = {}): Promise<void> =>
  change(id, tools, job => {
    if (!(part in job.pending)) return job;
    const { [part]: _ended, ...pending } = job.pending;
    const left = Object.keys(pending).length;
    const status = left === 0 ? ('completed' as const) : job.status;
    return { ...told(job, tallies), pending, status, progress: { ...job.progress, done: job.progress.total - left } };
  });

/** Notes the last thing that went wrong; the job goes on. */
export const noteFault = (id: string, error: string, tools: JobTools): Promise<void> =>
  change(id, tools, job => (job.error === error ? job : { ...job, error }));

/** Ends a job whose work has become pointless. */
export const abandonJob = (id: string, tools: JobTools): Promise<void> =>
  change(id, tools, job => ({ ...job, status: 'cancelled' }));

const resendsMax = 5;

/**
 * Takes the right to begin the pending parts of a stalled job again; one that stalls again and again has failed.
 * Returns the job, or `undefined` when it has failed or somebody else has changed it meanwhile.
 */
export const claimStalled = async (job: StoredJob, { jobs, now }: JobTools): Promise<StoredJob | undefined> => {
  const failed = job.resends >= resendsMax;
  const next: StoredJob = {
    ...job,
    version: job.version + 1,
    updatedAt: now().toISOString(),
    resends: job.resends + 1,
    ...(failed ? { status: 'failed' as const, error: `stalled ${resendsMax} times; see the dead-letter queue` } : {}),
  };
  try {
    await jobs.replace(next);
  } catch (fault) {
    if (fault instanceof DocumentChanged) return undefined;
    throw fault;
  }
  return failed ? undefined : next;
};
