import type { IdentityConfig } from '../model/identity-config.ts';
import type { PairStatus } from '../model/profile-pair.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import type { Cached } from './cached.ts';
import { shownPair } from './shown-pair.ts';

interface QueueQuery {
  status: PairStatus;
  minScore?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface QueueTools {
  identity: Pick<IdentityStore, 'pairs'>;
  identityConfig: Cached<IdentityConfig>;
}

/** Pairs of one status, best first; without a score from the threshold of review, or all that were refused. */
export const listDuplicates = async (
  { status, minScore, limit, cursor }: QueueQuery,
  { identity, identityConfig }: QueueTools,
) => {
  const config = await identityConfig.get();
  const scoreMin = minScore ?? (status === 'blocked' ? 0 : config.manualReviewThreshold);
  const { items, next } = await identity.pairs({ status, scoreMin, limit, cursor });
  return { items: items.map(pair => shownPair(pair, config)), ...(next === undefined ? {} : { nextCursor: next }) };
};
