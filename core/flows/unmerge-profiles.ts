import { notFound, Problem } from '../errors.ts';
import type { MergedPair, MergeRecord } from '../model/merge-record.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { MergeStore } from '../ports/merge-store.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { finishOthers } from './finish-others.ts';
import { finishUnmerge } from './finish-unmerge.ts';
import { type Parted, type PartTools, partMerged } from './part-merged.ts';

export interface UnmergeTools extends PartTools {
  merges: MergeStore;
}

export interface UnmergeRequest {
  mergeId: string;
  reason: string;
  /** Who wants it. */
  by: string;
  dryRun?: boolean | undefined;
}

export interface UnmergeOutcome {
  record: MergeRecord;
  /** What each has, or would have; absent where that is over already, or goes on in the background. */
  parted?: Parted;
  /** The merged profile as it stood. */
  merged?: ProfileState;
}

const triesMax = 64;
/** More are divided in the background. */
const commitsMax = 500;

/**
 * Undoes a merge: both stand as if it had never been. The surviving profile is held meanwhile; what takes longer than a
 * request may goes on in the background. Undoing it twice changes nothing.
 *
 * @throws Problem `NOT_FOUND`, `CONFLICT`
 */
export const unmergeProfiles = async (request: UnmergeRequest, tools: UnmergeTools): Promise<UnmergeOutcome> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const record = await tools.merges.get(request.mergeId);
    if (!record) throw notFound('Merge', request.mergeId);
    if (record.status === 'unmerged' || record.status === 'unmerging') return { record };
    const done = await tryOnce(record, request, tools);
    if (done) return done;
  }
  throw new Problem('CONFLICT', `The profiles of merge ${request.mergeId} are changed all the time; try again`);
};

/** `undefined`: somebody was faster. */
const tryOnce = async (
  record: MergeRecord,
  { dryRun, by, reason }: UnmergeRequest,
  tools: UnmergeTools,
): Promise<UnmergeOutcome | undefined> => {
  const { primary } = await standingPair(record, tools);
  await finishOthers([primary], tools);
  const parted = await partMerged(record, primary, tools);
  if (dryRun) return { record, parted, merged: primary };
  const at = tools.now().getTime();
  const unmerge = { by, reason, at, version: primary.head.version + 2 };
  const begun: MergeRecord = { ...record, status: 'unmerging', unmerge };
  try {
    await tools.merges.hold(begun, [primary]);
    if (sizeOf(parted) > commitsMax) return { record: begun };
    return { record: await finishUnmerge(begun, tools), parted, merged: primary };
  } catch (fault) {
    if (fault instanceof ProfileChanged) return undefined;
    throw fault;
  }
};

const sizeOf = ({ pair: { primary, secondary } }: Parted): number => primary.commits.length + secondary.commits.length;

/**
 * Both profiles of a merge that stands and came last: what was merged later has what came since among its own.
 *
 * @throws Problem `CONFLICT`, `NOT_FOUND`
 */
const standingPair = async (record: MergeRecord, { profiles }: UnmergeTools): Promise<MergedPair> => {
  const { id, profileId, mergedId } = record;
  if (record.status === 'merging') throw new Problem('CONFLICT', `Merge ${id} is still under way; try again`);
  const states = await profiles.getMany([profileId, mergedId]);
  const [primary, secondary] = [states.get(profileId), states.get(mergedId)];
  if (!primary || !secondary || primary.head.life === 'erased') throw notFound('Profile', profileId);
  const later = primary.head.life === 'merged' ? primary.head.mergedBy : primary.head.merges?.at(-1);
  if (later !== id) {
    throw new Problem('CONFLICT', `Profile ${profileId} was merged again since: undo ${later} first`, [], {
      laterMergeId: later ?? '',
    });
  }
  return { primary, secondary };
};
