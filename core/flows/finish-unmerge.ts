import type { PartedSide } from '../engines/profiles/part-past.ts';
import type { MergeRecord } from '../model/merge-record.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { MergeStore, PairChange } from '../ports/merge-store.ts';
import { ProfileChanged } from '../ports/profile-store.ts';
import { type PartTools, partMerged } from './part-merged.ts';

interface FinishTools extends PartTools {
  merges: MergeStore;
}

/**
 * Divides a profile that is held, and commits both. May be begun again from any point: what was written before is
 * written again. Returns the record as it stands then.
 *
 * @throws ProfileChanged where somebody else has finished it
 */
export const finishUnmerge = async (record: MergeRecord, tools: FinishTools): Promise<MergeRecord> => {
  const { profiles, merges } = tools;
  const { profileId, mergedId, before, unmerge } = record;
  const states = await profiles.getMany([profileId, mergedId]);
  const [primary, secondary] = [states.get(profileId), states.get(mergedId)];
  if (!before || !unmerge || !primary || !secondary || primary.head.hold !== record.id)
    throw new ProfileChanged(profileId);
  const { pair, claims } = await partMerged(record, primary, tools);
  const after = {
    primary: await merges.stage(staged(pair.primary, before.primary, primary, unmerge.at, record.primaryVersion)),
    secondary: await merges.stage(
      staged(pair.secondary, before.secondary, { ...before.secondary, head: secondary.head }, unmerge.at),
    ),
  };
  const { before: _images, ...kept } = record;
  const change: PairChange = {
    record: { ...kept, status: 'unmerged' },
    primary: { before: primary, after: after.primary },
    secondary: { before: secondary, after: after.secondary },
    handover: { from: profileId, to: mergedId, claims, members: before.secondary.head.members ?? [] },
  };
  const fits = merges.fitsOneCommit(change);
  if (!fits) await merges.handOver(change.handover);
  await merges.commit(change, !fits);
  return change.record;
};

/** A side as it is to stand in the place of what stands there now. */
const staged = (
  side: PartedSide,
  before: ProfileState,
  standing: ProfileState,
  at: number,
  replacesAfter?: number,
): Parameters<MergeStore['stage']>[0] => {
  const { head, person } = side.state;
  const version = standing.head.version + 1;
  return {
    before,
    after: {
      id: before.id,
      head: { ...head, version, updatedAt: Math.max(standing.head.updatedAt, at) },
      person: { ...person, version: standing.person.version + 1 },
    },
    commits: side.commits,
    said: side.said,
    orders: new Map([...side.orders].filter(([orderId]) => side.told.has(orderId))),
    replacesAfter,
  };
};
