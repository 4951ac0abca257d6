import type { MergedPair } from '../model/merge-record.ts';
import type { MergeStore, PairChange } from '../ports/merge-store.ts';
import { type MergeWish, type PlanTools, planMerge } from './plan-merge.ts';

export interface CommitTools extends PlanTools {
  merges: MergeStore;
}

/**
 * Commits two profiles with the record of what became of them. What is too much for one commit is done in steps, while
 * both profiles are held: first what changes hands, then the commit. A crash in between is found by the record.
 *
 * @throws ProfileChanged
 */
export const commitPair = async (change: PairChange, wish: MergeWish, tools: CommitTools): Promise<PairChange> => {
  const { record, primary, secondary } = change;
  if (!tools.merges.fitsOneCommit(change)) {
    const [one, other] = await tools.merges.hold({ ...record, status: 'merging' }, [primary.before, secondary.before]);
    if (one && other) return finishMerge({ primary: one, secondary: other }, change, wish, tools);
  }
  await tools.merges.commit(change);
  return change;
};

/** Merges two profiles that are held. What was written of them at first is what the merge can be undone to. */
export const finishMerge = async (
  held: MergedPair,
  { record: { before, at } }: Pick<PairChange, 'record'>,
  wish: MergeWish,
  tools: CommitTools,
): Promise<PairChange> => {
  const planned = await planMerge(held, wish, tools);
  const change = { ...planned, record: { ...planned.record, before, at } as PairChange['record'] };
  await tools.merges.handOver(change.handover);
  await tools.merges.commit(change, true);
  return change;
};
