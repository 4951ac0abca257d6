import type { EventPatch } from '../model/event-patch.ts';
import type { Collection, CommitTogether } from '../ports/collection.ts';
import { type QuarantineFilter, type QuarantineStore, quarantinePartitions } from '../ports/quarantine.ts';
import { newWork, type RedriveJob, type RedriveSelection, type StoredJob } from './stored-job.ts';

export interface StartTools {
  jobs: Collection<StoredJob>;
  quarantine: QuarantineStore;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

interface WantedRedrive {
  selection: { ids: readonly string[] } | QuarantineFilter;
  patch?: EventPatch | undefined;
  dryRun: boolean;
}

const everyPartition = Array.from({ length: quarantinePartitions }, (_, partition) => String(partition));

/**
 * Makes the job that redrives events from the quarantine; its work begins with what follows from its commit. The patch
 * may hold personal data: it is kept apart from the job, where it is found when a person is to be forgotten.
 */
export const startRedrive = async (
  { selection: wanted, patch, dryRun }: WantedRedrive,
  tools: StartTools,
): Promise<RedriveJob> => {
  const now = tools.now();
  const selection = selectionOf(wanted, now.getTime());
  const parts = 'ids' in selection ? ['ids'] : everyPartition;
  const work = newWork(tools.newId('job'), 'quarantine', parts, now.toISOString());
  const patched = patch !== undefined;
  const job: RedriveJob = { ...work, kind: 'quarantine.redrive', selection, patched, dryRun, tallies: {} };
  const keeping = patch === undefined ? [] : [tools.quarantine.keepingPatch(job.id, patch)];
  await tools.commitTogether([tools.jobs.adding(job), ...keeping]);
  return job;
};

/** What is received later is not meant. */
const selectionOf = (wanted: WantedRedrive['selection'], now: number): RedriveSelection => {
  if ('ids' in wanted) return { ids: [...new Set(wanted.ids)] };
  const { reason, type, from, until } = wanted;
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(type === undefined ? {} : { type }),
    from: Math.max(0, from),
    until: Math.min(until, now + 1),
  };
};
