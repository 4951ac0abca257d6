import type { Audience } from '../contract/audiences.ts';
import type { SyncTally } from '../model/sync-outcome.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import type { SyncOutcomes } from '../ports/sync-outcomes.ts';
import type { Write } from '../ports/table.ts';
import { settleSeconds } from './definitions.ts';
import { closingPart } from './start-parts.ts';
import type { JobTools, StoredJob, SyncJob } from './stored-job.ts';

export interface CloseTools extends JobTools {
  audiences: Collection<Audience>;
  outcomes: SyncOutcomes;
  commitTogether: CommitTogether;
}

/** Is everybody queued, so that only deliveries are missing? */
export const awaitsDeliveries = (job: StoredJob): job is SyncJob =>
  job.kind === 'audience.sync' &&
  job.status === 'running' &&
  Object.keys(job.pending).every(part => part === closingPart);

/**
 * Ends a sync when everybody it concerns was told of, or cannot be any more, and keeps what it came to. Nobody pending
 * has to be seen twice, so that the list index has followed. Tells whether it is worth looking again in a moment.
 */
export const closeSync = async (syncId: string, tools: CloseTools): Promise<boolean> => {
  const job = await tools.jobs.get(syncId);
  if (job?.kind !== 'audience.sync' || job.tally || (job.status === 'running' && !awaitsDeliveries(job))) return false;
  const { quietAt, subjectId } = job;
  const audience = await tools.audiences.get(subjectId);
  const end = endOf(job, audience);
  const now = tools.now();
  const isQuiet = end !== undefined || !(await tools.outcomes.anyPending(syncId));
  if (isQuiet !== (quietAt !== undefined)) {
    const seen = changed(job, { quietAt: isQuiet ? now.toISOString() : undefined });
    return !(await commits([tools.jobs.replacing(seen)], tools)) || isQuiet;
  }
  if (quietAt === undefined) return false;
  if (now.getTime() < Date.parse(quietAt) + settleSeconds * 1000) return true;
  const closed = closedJob(job, end, await tools.outcomes.tally(syncId), now.toISOString());
  const last = audience && (await deletionAfter(closed, audience, tools));
  return !(await commits([tools.jobs.replacing(closed), ...(last ?? [])], tools));
};

type End = Partial<Pick<SyncJob, 'error'>> & Pick<SyncJob, 'status'>;

/** How a sync ends whose people are not told of any more; `undefined` while they are. */
const endOf = ({ status, operation, platform, error }: SyncJob, audience: Audience | undefined): End | undefined => {
  if (status !== 'running') return { status, ...(error === undefined ? {} : { error }) };
  if (!audience) return { status: operation === 'forget' ? 'completed' : 'cancelled' };
  const sync = audience.syncs.find(one => one.platform === platform);
  if (!sync) return { status: 'cancelled' };
  return sync.error === undefined ? undefined : { status: 'failed', error: sync.error };
};

const changed = (job: SyncJob, changes: Partial<SyncJob>): SyncJob => ({
  ...job,
  ...changes,
  version: job.version + 1,
});

/** Whoever is still pending when a destination takes nothing any more has failed; of a cancelled sync, stays so. */
const closedJob = (job: SyncJob, end: End | undefined, tally: SyncTally, at: string): SyncJob => {
  const { pending, failed } = tally;
  const told = end?.status === 'failed' ? { ...tally, pending: 0, failed: failed + pending } : tally;
  const ended = end ?? { status: told.failed > 0 ? ('failed' as const) : ('completed' as const) };
  const isRunning = job.status === 'running';
  const endedAt = isRunning ? at : job.updatedAt;
  const progress = ended.status === 'cancelled' ? job.progress : { ...job.progress, done: job.progress.total };
  return changed(job, { ...ended, progress, pending: {}, tally: told, endedAt, updatedAt: endedAt });
};

/** What removes an audience that waited for this sync to take everybody out. */
const deletionAfter = async (
  { id, status }: SyncJob,
  audience: Audience,
  { audiences, jobs }: CloseTools,
): Promise<Write[]> => {
  const ids = audience.syncs.map(({ syncId }) => syncId);
  if (!audience.deleting || status !== 'completed' || !ids.includes(id)) return [];
  const others = await Promise.all(ids.filter(other => other !== id).map(other => jobs.get(other)));
  return others.every(other => other?.status === 'completed') ? [audiences.removing(audience)] : [];
};

/** False when somebody else was faster. */
const commits = async (writes: readonly Write[], { commitTogether }: CloseTools): Promise<boolean> => {
  try {
    await commitTogether(writes);
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
