import type { MergeRecord } from '../model/merge-record.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { type CommitTools, finishMerge } from './commit-pair.ts';
import { finishUnmerge } from './finish-unmerge.ts';

export type ContinueTools = Omit<CommitTools, 'consentMergePolicy'>;

/**
 * Goes on with a merge, or with undoing one, that is under way in steps, from wherever it stands; of one that was undone
 * what is left of it is removed. May be asked for any number of times, and at the same time as others. Tells whether it
 * is over.
 */
export const continueMerge = async (mergeId: string, tools: ContinueTools): Promise<boolean> => {
  const record = await tools.merges.get(mergeId);
  if (!record) return true;
  try {
    if (record.status === 'merging') await finishHeldMerge(record, tools);
    if (record.status === 'unmerging') await finishUnmerge(record, tools);
  } catch (fault) {
    if (!(fault instanceof ProfileChanged)) throw fault;
  }
  const after = await tools.merges.get(mergeId);
  if (after?.status === 'unmerged') await tools.merges.clean(after);
  return after?.status !== 'merging' && after?.status !== 'unmerging';
};

const finishHeldMerge = async (record: MergeRecord, tools: ContinueTools): Promise<void> => {
  const { id: mergeId, profileId, mergedId, strategy, reason, consentPolicy } = record;
  const states = await tools.profiles.getMany([profileId, mergedId]);
  const [primary, secondary] = [states.get(profileId), states.get(mergedId)];
  if (primary?.head.hold !== mergeId || secondary?.head.hold !== mergeId) return;
  const wish = { mergeId, strategy, reason };
  await finishMerge({ primary, secondary }, { record }, wish, { ...tools, consentMergePolicy: consentPolicy });
};
