import { type Audience, isConnected, type Platform, type PlatformName } from '../contract/audiences.ts';
import { notFound, Problem, unprocessable } from '../errors.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';
import { listPartitions } from '../ports/profile-store.ts';
import { type ActivationPlan, planActivation } from './plan-activation.ts';
import type { SituationTools } from './plan-people.ts';
import { syncPart } from './start-parts.ts';
import { newWork, type StoredJob, type SyncJob } from './stored-job.ts';
import { type PeopleTools, recipientsSource } from './sync-audience.ts';

export interface Activation {
  platform: PlatformName;
  operation: 'add' | 'remove' | 'replace';
  dryRun: boolean;
}

export interface ActivateTools extends PeopleTools, SituationTools {
  audiences: Collection<Audience>;
  jobs: Collection<StoredJob>;
  commitTogether: CommitTogether;
  newId: (prefix: string) => string;
  now: () => Date;
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
  const platform = platformOf(audience, name);
  const sources = sourcesOf(audience, operation);
  const target = { audience, platform, active: operation !== 'remove' };
  const planned = await planActivation(partsOf(sources), target, tools);
  return dryRun ? { planned } : { syncId: await begin(audience, { platform, operation, sources }, tools), planned };
};

/** @throws Problem `VALIDATION_FAILED` for one that is not the audience's, not connected, or not configured */
const platformOf = ({ platforms, config }: Audience, name: PlatformName): Platform => {
  if (!platforms.includes(name)) throw unprocessable('body.platform', 'is not a platform of this audience');
  if (!isConnected(name)) throw unprocessable('body.platform', 'is not connected yet');
  if (config[name] === undefined) throw unprocessable('body.platform', `needs config.${name}`);
  return name;
};

/** Whom an operation concerns: to add, those who belong; to remove, those who were sent; to replace, both. */
const sourcesOf = ({ segmentIds }: Audience, operation: Activation['operation']): string[] => [
  ...(operation === 'remove' ? [] : segmentIds),
  ...(operation === 'add' ? [] : [recipientsSource]),
];

const partsOf = (sources: readonly string[]) =>
  sources.flatMap(source => Array.from({ length: listPartitions }, (_, partition) => ({ source, partition })));

interface Begun {
  platform: Platform;
  operation: Activation['operation'];
  sources: readonly string[];
}

const begin = async (
  audience: Audience,
  { platform, operation, sources }: Begun,
  { audiences, jobs, commitTogether, newId, now }: ActivateTools,
): Promise<string> => {
  const [syncId, at] = [newId('job'), now().toISOString()];
  const sync = { platform, operation, active: operation !== 'remove', syncId, activatedAt: at };
  const others = audience.syncs.filter(one => one.platform !== platform);
  const changed = { ...audience, version: audience.version + 1, updatedAt: at, syncs: [...others, sync] };
  const parts = partsOf(sources).map(({ source, partition }) => syncPart(source, partition));
  const job: SyncJob = { ...newWork(syncId, audience.id, parts, at), kind: 'audience.sync', platform };
  try {
    await commitTogether([audiences.replacing(changed), jobs.adding(job)]);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Audience ${audience.id} was changed at the same moment; try again`);
  }
  return syncId;
};
