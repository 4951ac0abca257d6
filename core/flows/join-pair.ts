import { Problem } from '../errors.ts';
import type { ProfilePair } from '../model/profile-pair.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import { type MergeTools, mergeProfiles } from './merge-profiles.ts';

export interface JoinTools extends MergeTools {
  identity: IdentityStore;
}

/** Joins two profiles of which it was decided that they are one person's, and keeps that they were. */
export const joinPair = async (pair: ProfilePair, score: number, tools: JoinTools): Promise<void> => {
  const ended = await endOf(pair, score, tools);
  const at = tools.now().toISOString();
  const after = { ...pair, ...ended, version: pair.version + 1, updatedAt: at, decidedAt: at, decidedBy: 'automatic' };
  await tools.identity.keepPair(after, pair);
};

type End = Pick<ProfilePair, 'status' | 'mergeId' | 'block'>;

/** One that is gone meanwhile is no pair any more, and what does not fit into one profile is two. */
const endOf = async ({ profileIds, eventId }: ProfilePair, score: number, tools: JoinTools): Promise<End> => {
  const reason = { kind: 'automatic' as const, score, by: 'automatic', ...(eventId === undefined ? {} : { eventId }) };
  try {
    const merge = await mergeProfiles({ profileIds: [...profileIds], strategy: 'most_complete', reason }, tools);
    return { status: 'merged', mergeId: merge.mergeIds.at(-1) };
  } catch (fault) {
    if (fault instanceof Problem && fault.code === 'NOT_FOUND') return { status: 'closed' };
    if (fault instanceof Problem && fault.code === 'VALIDATION_FAILED')
      return { status: 'blocked', block: 'too_large' };
    throw fault;
  }
};
