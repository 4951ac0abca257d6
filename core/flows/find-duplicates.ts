import type { Contribution } from '../engines/identity/decide-match.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import { matchBand } from '../model/match-band.ts';
import type { ProfilePair } from '../model/profile-pair.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { IdentityStore } from '../ports/identity-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { Cached } from './cached.ts';
import { findMatches, type MatchTools } from './find-matches.ts';
import { liveProfile } from './live-profile.ts';
import type { JudgeFor } from './match-model.ts';

interface DuplicateTools extends MatchTools {
  profiles: ProfileStore;
  identity: Pick<IdentityStore, 'pairsOf'>;
  identityConfig: Cached<IdentityConfig>;
  matchModel: Cached<JudgeFor>;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

const shownEvidence = ({ kind, field, level, contributionBits, left, right }: Contribution) => ({
  ...{ kind, field, level, bits: tenth(contributionBits) },
  ...(kind === 'attribute' ? { left: { ...left }, right: { ...right } } : {}),
});

const otherOf = ({ profileIds: [one, other] }: ProfilePair, id: string): string => (one === id ? other : one);

/**
 * Profiles that may be the same person as this one, best first: those that are alike, and those that events named
 * together with it.
 *
 * @throws Problem `NOT_FOUND`
 */
export const findDuplicates = async (id: string, minScore: number, tools: DuplicateTools) => {
  const [state, config, judgeFor] = await Promise.all([
    liveProfile(id, tools.profiles),
    tools.identityConfig.get(),
    tools.matchModel.get(),
  ]);
  const [matches, pairs] = await Promise.all([
    findMatches(state, minScore, judgeFor(config), config, tools),
    tools.identity.pairsOf(state.id),
  ]);
  const alike = matches.map(({ other, match }) => {
    const pair = pairs.find(one => otherOf(one, state.id) === other.id);
    return {
      profileId: other.id,
      score: Math.max(match.score, pair?.status === 'open' ? pair.score : 0),
      pair,
      evidence: match.contributions.map(shownEvidence),
    };
  });
  const items = [...alike, ...tiedOnly(state, pairs, minScore, new Set(alike.map(({ profileId }) => profileId)))];
  return items
    .map(({ pair, ...item }) => ({
      ...item,
      band: matchBand(item.score, config),
      ...(pair === undefined ? {} : { status: pair.status }),
    }))
    .sort((one, next) => next.score - one.score || (one.profileId < next.profileId ? -1 : 1));
};

/** Who is not alike, but was named together with the profile. */
const tiedOnly = (
  { id }: Pick<ProfileState, 'id'>,
  pairs: readonly ProfilePair[],
  minScore: number,
  known: ReadonlySet<string>,
) =>
  pairs
    .filter(pair => (pair.status === 'open' || pair.status === 'deferred') && pair.score >= minScore)
    .filter(pair => !known.has(otherOf(pair, id)))
    .map(pair => ({ profileId: otherOf(pair, id), score: pair.score, pair, evidence: pair.trace }));
