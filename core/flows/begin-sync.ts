import type { Audience } from '../contract/audiences.ts';
import type { Platform } from '../model/platform-config.ts';
import { closingPart, syncPart } from './start-parts.ts';
import { newWork, type SyncJob } from './stored-job.ts';
import { partsOf } from './sync-sources.ts';

/** What a sync is to do at one platform, and whom it concerns. */
export interface SyncPlan {
  platform: Platform;
  operation: 'add' | 'remove' | 'replace';
  sources: readonly string[];
  /** The sync whose failures it sends again. */
  retryOf?: string;
}

export interface BeginTools {
  newId: (prefix: string) => string;
  now: () => Date;
}

/** The audience as it is with a sync begun, and the job of it; to be committed together. */
export const beginSync = (
  audience: Audience,
  { platform, operation, sources, retryOf }: SyncPlan,
  { newId, now }: BeginTools,
): { audience: Audience; job: SyncJob } => {
  const [syncId, at] = [newId('job'), now().toISOString()];
  const sync = { platform, operation, active: operation !== 'remove', syncId, activatedAt: at };
  const others = audience.syncs.filter(one => one.platform !== platform);
  const parts = partsOf(sources).map(({ source, partition }) => syncPart(source, partition));
  const work = newWork(syncId, audience.id, [...parts, closingPart], at);
  const retried = retryOf === undefined ? {} : { retryOf };
  return {
    audience: { ...audience, updatedAt: at, syncs: [...others, sync] },
    job: { ...work, kind: 'audience.sync', platform, operation, ...retried },
  };
};

/** As `beginSync`, for several platforms, one after the other. */
export const beginSyncs = (
  audience: Audience,
  plans: readonly SyncPlan[],
  tools: BeginTools,
): { audience: Audience; jobs: SyncJob[] } => {
  const jobs: SyncJob[] = [];
  let begun = audience;
  for (const plan of plans) {
    const { audience: next, job } = beginSync(begun, plan, tools);
    begun = next;
    jobs.push(job);
  }
  return { audience: begun, jobs };
};
