import type { Audience } from '../contract/audiences.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import type { Platform } from '../model/platform-config.ts';
import { closingPart, exchangePart, syncPart } from './start-parts.ts';
import { newWork, type SyncJob } from './stored-job.ts';
import { partsOf, recipientsSource } from './sync-sources.ts';

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
  const before = audience.syncs.find(one => one.platform === platform);
  const exchanges = operation === 'replace' && retryOf === undefined && platforms[platform].replaces;
  const since = exchanges ? { epoch: syncId, exchanging: true, ...mixedAfter(before) } : sinceOf(before, syncId);
  const sync = { platform, operation, active: operation !== 'remove', syncId, activatedAt: at, ...since };
  const others = audience.syncs.filter(one => one.platform !== platform);
  const told = exchanges ? sources.filter(source => source === recipientsSource) : sources;
  const parts = partsOf(told).map(({ source, partition }) => syncPart(source, partition));
  const work = newWork(syncId, audience.id, [...(exchanges ? [exchangePart] : []), ...parts, closingPart], at);
  const retried = retryOf === undefined ? {} : { retryOf };
  return {
    audience: { ...audience, updatedAt: at, syncs: [...others, sync] },
    job: { ...work, kind: 'audience.sync', platform, operation, ...retried },
  };
};

type Since = Pick<Audience['syncs'][number], 'epoch' | 'exchanging' | 'mixed'>;

/** An exchange that is begun while another is under way is not known to find what that one would have left. */
const mixedAfter = (before: Since | undefined): Since => (before?.exchanging || before?.mixed ? { mixed: true } : {});

/** The state stays; of an exchange that is cut short nobody knows whom it has left there. */
export const sinceOf = (before: Since | undefined, id: string): Since => {
  if (before?.exchanging) return { epoch: `${before.epoch ?? ''}~${id}`, mixed: true };
  return { ...(before?.epoch === undefined ? {} : { epoch: before.epoch }), ...mixedAfter(before) };
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
