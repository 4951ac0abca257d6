import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { MergeStore } from '../ports/merge-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

export interface ConfidenceTools {
  profiles: Pick<ProfileStore, 'getMany'>;
  merges: Pick<MergeStore, 'get'>;
}

const lanes = 8;

/**
 * How certain it is, 0 to 100, that each of these profiles is one person: as certain as the least certain of the merges
 * that made it. Whoever is not named was never merged. Nothing is looked up where nobody asks for any certainty.
 */
export const identityConfidence = async (
  states: readonly ProfileState[],
  asked: number,
  { profiles, merges }: ConfidenceTools,
): Promise<Map<string, number>> => {
  const merged = asked > 0 ? states.filter(({ head }) => (head.members ?? []).length > 0) : [];
  if (merged.length === 0) return new Map();
  const members = await profiles.getMany(merged.flatMap(({ head }) => head.members ?? []));
  const found = await inLanes(merged, lanes, async ({ id, head }): Promise<[string, number]> => {
    const inner = (head.members ?? []).flatMap(member => members.get(member)?.head.merges ?? []);
    const records = await Promise.all([...(head.merges ?? []), ...inner].map(mergeId => merges.get(mergeId)));
    const scores = records.flatMap(record => (record && record.status !== 'unmerged' ? [record.reason.score] : []));
    return [id, Math.min(100, ...scores)];
  });
  return new Map(found);
};
