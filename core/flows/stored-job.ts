import type { Job } from '../contract/system.ts';
import { addTallies, emptyTally, type ReconciliationTally } from '../model/reconciliation-tally.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';
import { changeDocument } from './change-document.ts';

interface Work extends Document, Omit<Job, 'kind'> {
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
  platform: string;
}

export interface ReconcileJob extends Work {
  kind: 'profiles.reconcile';
  /** Keeps what was recomputed where it differs. */
  repair: boolean;
  /** What each part has found up to its place. */
  tallies: Record<string, ReconciliationTally>;
}

/** A job as it is kept: what it works on, and what is left of it. */
export type StoredJob = EvaluateJob | SyncJob | ReconcileJob;

/** What a job tells of what it has done so far, where it tells anything. */
export const resultOf = (job: StoredJob): ReconciliationTally | undefined =>
  job.kind === 'profiles.reconcile' ? Object.values(job.tallies).reduce(addTallies, emptyTally) : undefined;

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

type Tallies = ReconcileJob['tallies'];

const told = (job: StoredJob, tallies: Tallies): StoredJob =>
  job.kind === 'profiles.reconcile' ? { ...job, tallies: { ...job.tallies, ...tallies } } : job;

/** Takes a part off what is left; the job is completed with the last. Ending a part twice changes nothing. */
export const endPart = (id: string, part: string, tools: JobTools, tallies: Tallies = {}): Promise<void> =>
  change(id, tools, job => {
    if (!(part in job.pending)) return job;
    const { [part]: _ended, ...pending } = job.pending;
    const left = Object.keys(pending).length;
    const status = left === 0 ? ('completed' as const) : job.status;
    return { ...told(job, tallies), pending, status, progress: { ...job.progress, done: job.progress.total - left } };
  });

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
