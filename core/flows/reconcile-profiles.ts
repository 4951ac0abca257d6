import type { MessageBody, reconcileProfiles } from '../contract/messages.ts';
import { Problem } from '../errors.ts';
import { inLanes } from '../model/in-lanes.ts';
import { addTallies, emptyTally, type ReconciliationTally } from '../model/reconciliation-tally.ts';
import type { Queue } from '../ports/outlets.ts';
import type { SnapshotParts } from '../ports/profile-snapshot.ts';
import { ProfileChanged, type ProfileStore } from '../ports/profile-store.ts';
import { profileParts } from './profile-parts.ts';
import { type Reconciliation, reconcileProfile } from './reconcile-profile.ts';
import { endPart, type JobTools, notePlace } from './stored-job.ts';
import { workPages } from './work-pages.ts';

type Message = MessageBody<typeof reconcileProfiles>;

export interface ReconcileTools extends JobTools {
  profiles: ProfileStore;
  snapshotParts: Pick<SnapshotParts, 'add'>;
  accountCurrency: string;
  queues: { reconcileProfiles: Queue<Message> };
}

const [pageSize, lanes, triesMax] = [100, 8, 10];

/**
 * Reconciles one partition of all profiles, for as long as there is time; a message goes on from there and carries what
 * was found. So a message that comes twice tells the same again, and nothing is counted twice. With `repair` every
 * profile is told to the snapshot anew, whatever the snapshot knew of it.
 */
export const reconcilePartition = async (message: Message, tools: ReconcileTools): Promise<void> => {
  const { jobId, partition } = message;
  const job = await tools.jobs.get(jobId);
  if (job?.kind !== 'profiles.reconcile' || job.status !== 'running') return;
  let { tally } = message;
  const left = await workPages(message.after, tools.now, async after => {
    const { ids, next } = await tools.profiles.listPartition(partition, pageSize, after);
    const found = await inLanes(ids, lanes, id => tallyOf(id, job.repair, tools));
    tally = found.reduce(addTallies, tally);
    if (job.repair)
      await tellSnapshot({ shard: `${jobId}-${partition}`, first: after ?? '', last: next ?? '' }, ids, tools);
    return next;
  });
  const part = String(partition);
  if (left === undefined) return endPart(jobId, part, tools, { [part]: tally });
  await tools.queues.reconcileProfiles.send([{ ...message, after: left, tally }]);
  await notePlace(jobId, part, left, tools, { [part]: tally });
};

const tellSnapshot = async (
  place: Parameters<SnapshotParts['add']>[0],
  ids: readonly string[],
  { profiles, snapshotParts }: ReconcileTools,
): Promise<void> => {
  const states = await profiles.getMany(ids);
  if (states.size > 0) await snapshotParts.add(place, [...states.values()].flatMap(profileParts));
};

const tallyOf = async (id: string, repair: boolean, tools: ReconcileTools): Promise<ReconciliationTally> => {
  const found = await whileStill(id, repair, tools);
  if (!found) return emptyTally;
  const different = found.differences.length > 0;
  return {
    checked: 1,
    different: different ? 1 : 0,
    repaired: different && repair ? 1 : 0,
    incomplete: found.complete ? 0 : 1,
    examples: different ? [id] : [],
  };
};

/**
 * A profile that goes on while it is looked at seems to differ: what was found counts only of one that stood still.
 * Whoever was erased meanwhile is nobody.
 */
const whileStill = async (id: string, repair: boolean, tools: ReconcileTools): Promise<Reconciliation | undefined> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await tools.profiles.get(id);
    if (before?.head.life !== 'live') return undefined;
    const found = await reconciled(id, false, tools);
    const after = found && (await tools.profiles.get(id));
    if (!found || after?.head.version !== before.head.version) continue;
    if (!repair || found.differences.length === 0) return found;
    const mended = await reconciled(id, true, tools);
    if (mended) return mended;
  }
  throw new Problem('UNAVAILABLE', `Profile ${id} is changed all the time; try again`);
};

const reconciled = async (id: string, repair: boolean, tools: ReconcileTools): Promise<Reconciliation | undefined> => {
  try {
    return await reconcileProfile(id, tools, repair);
  } catch (fault) {
    if (fault instanceof ProfileChanged || (fault instanceof Problem && fault.code === 'NOT_FOUND')) return undefined;
    throw fault;
  }
};
