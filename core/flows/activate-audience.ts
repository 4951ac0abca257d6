import type { PlatformName } from '../contract/audience-platforms.ts';
import type { Audience } from '../contract/audiences.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import type { Platform } from '../model/platform-config.ts';
import type { StoredIntegration } from '../model/stored-integration.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import type { Write } from '../ports/table.ts';
import { type BeginTools, beginSync, type SyncPlan } from './begin-sync.ts';
import { isConnected } from './connected-platforms.ts';
import type { PeopleTools } from './people-of.ts';
import { type ActivationPlan, planActivation } from './plan-activation.ts';
import type { SituationTools } from './plan-people.ts';
import type { StoredJob } from './stored-job.ts';
import { runningSyncs, superseding } from './supersede-syncs.ts';
import { partsOf, sourcesOf } from './sync-sources.ts';

export interface Activation {
  platform: PlatformName;
  operation: 'add' | 'remove' | 'replace';
  dryRun: boolean;
}

export interface CommitSyncTools extends BeginTools {
  audiences: Collection<Audience>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
}

export interface ActivateTools extends PeopleTools, SituationTools, CommitSyncTools {
  integrations: Collection<StoredIntegration>;
}

/**
 * Plans an activation and, unless it is a dry run, makes it so: the audience's new state at the platform and the job
 * that queues its people come into being in one step.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `CONFLICT`
 */
export const activateAudience = async (
  id: string,
  { platform: name, operation, dryRun }: Activation,
  tools: ActivateTools,
): Promise<{ syncId?: string; planned: ActivationPlan }> => {
  const audience = await tools.audiences.get(id);
  if (!audience) throw notFound('Audience', id);
  refuseDeleting(audience);
  const platform = usablePlatform(audience, name);
  if (!(await isConnected(platform, tools))) throw unprocessable('body.platform', 'is not connected yet');
  const sources = sourcesOf(audience, operation);
  const target = { audience, platform, active: operation !== 'remove' };
  const planned = await planActivation(partsOf(sources), target, tools);
  return dryRun
    ? { planned }
    : { syncId: await commitSync(audience, { platform, operation, sources }, tools), planned };
};

/** @throws Problem `CONFLICT` for an audience that is being taken out everywhere */
export const refuseDeleting = ({ id, deleting }: Audience): void => {
  if (deleting) throw new Problem('CONFLICT', `Audience ${id} is being deleted`);
};

/** @throws Problem `VALIDATION_FAILED` for one that is not the audience's, or not configured */
export const usablePlatform = ({ platforms, config }: Audience, name: PlatformName): Platform => {
  if (!platforms.includes(name)) throw unprocessable('body.platform', 'is not a platform of this audience');
  if (config[name] === undefined) throw unprocessable('body.platform', `needs config.${name}`);
  return name;
};

const triesMax = 10;

/** Does a sync do all that another one was to do, whatever that is? */
const doesAll = ({ operation, retryOf }: SyncPlan): boolean => operation !== 'add' && retryOf === undefined;

/**
 * Begins a sync of an audience that was not changed meanwhile. One that is under way at the platform is ended by one that
 * does all that it was to do, and stands in the way of any other.
 *
 * @throws Problem `CONFLICT`
 */
export const commitSync = async (audience: Audience, plan: SyncPlan, tools: CommitSyncTools): Promise<string> => {
  const { audience: begun, job } = beginSync(audience, plan, tools);
  const next = { ...begun, version: audience.version + 1 };
  for (let tries = 0; tries < triesMax; tries += 1) {
    const running = await runningSyncs(audience, [plan.platform], tools);
    if (running[0] && !doesAll(plan)) throw underWay(running[0].id, plan.platform);
    const ended = superseding(running, tools);
    if (await commits([tools.audiences.replacing(next), tools.jobs.adding(job), ...ended], tools)) return job.id;
    if ((await tools.audiences.get(audience.id))?.version !== audience.version) break;
  }
  throw new Problem('CONFLICT', `Audience ${audience.id} was changed at the same moment; try again`);
};

const underWay = (syncId: string, platform: string): Problem =>
  new Problem('CONFLICT', `Sync ${syncId} is under way at ${platform}; wait for it, cancel it, or replace`, [], {
    syncId,
  });

/** False when somebody else was faster: with the audience, or with a sync that is under way. */
const commits = async (writes: readonly Write[], { commitTogether }: CommitSyncTools): Promise<boolean> => {
  try {
    await commitTogether(writes);
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
