import type { Collection, CommitTogether } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { newWork, type ReconcileJob, type StoredJob } from './stored-job.ts';

interface StartTools {
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
}

const everyPartition = Array.from({ length: listPartitions }, (_, partition) => String(partition));

/** Makes the job that recomputes every profile from its events; its work begins with what follows from its commit. */
export const startReconciliation = async (repair: boolean, tools: StartTools): Promise<ReconcileJob> => {
  const work = newWork(tools.newId('job'), 'profiles', everyPartition, tools.now().toISOString());
  const job: ReconcileJob = { ...work, kind: 'profiles.reconcile', repair, tallies: {} };
  await tools.commitTogether([tools.jobs.adding(job)]);
  return job;
};
