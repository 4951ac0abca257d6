import { decidePair, type PairDecision } from '../engines/identity/decide-pair.ts';
import { areDifferentCustomers, isKnown, matchSettingsOf } from '../engines/identity/profile-record.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import { pairIdOf } from '../model/profile-pair.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileTie } from '../model/profile-tie.ts';
import type { BlockIndex } from '../ports/block-index.ts';
import type { Cached } from './cached.ts';
import { compareProfiles, findMatches, keysOf } from './find-matches.ts';
import { type JoinTools, joinPair } from './join-pair.ts';
import type { JudgeFor } from './match-model.ts';
import { notePair } from './note-pair.ts';
import { wasSaidInBrowsers } from './said-in-browsers.ts';

export interface MatchProfileTools extends JoinTools {
  blocks: BlockIndex;
  identityConfig: Cached<IdentityConfig>;
  matchModel: Cached<JudgeFor>;
  autoMerge: boolean;
}

/**
 * Finds who may be the same person as a profile that is new, has changed or was named together with another one, and
 * decides: joins, proposes or refuses. What was decided is kept with what was known then, so that the same once more
 * changes nothing.
 */
export const matchProfile = async (profileId: string, tools: MatchProfileTools): Promise<void> => {
  const config = await tools.identityConfig.get();
  const state = await indexed(profileId, config, tools);
  if (state?.head.life === 'merged') return closePairs(state, tools);
  if (state?.head.life !== 'live') return;
  for (const pair of await questionsOf(state, config, tools)) await settle(pair, config, tools);
};

const roundsMax = 20;

/**
 * Makes a profile found by what it is now, and gives it back as it was then: whoever is late with what it was before
 * sees that it has changed, was merged or erased meanwhile, and does it again.
 */
const indexed = async (
  profileId: string,
  config: IdentityConfig,
  { profiles, blocks }: MatchProfileTools,
): Promise<ProfileState | undefined> => {
  const left = new Set<string>();
  let state = await profiles.get(profileId);
  for (let round = 0; round < roundsMax && state; round += 1) {
    const { head, person } = state;
    const keys = keysOf(person, config);
    if (head.life === 'live') await blocks.index(profileId, person.version, keys, [...left]);
    else await blocks.forget(profileId);
    for (const key of keys) left.add(key);
    const again = await profiles.get(profileId);
    if (again?.head.life === head.life && again.person.version === person.version) return again;
    state = again;
  }
  if (state) throw new Error(`${profileId} changes all the time`);
  return undefined;
};

/** About a profile that is merged nobody is to be asked. */
const closePairs = async ({ id }: ProfileState, { identity, now }: MatchProfileTools): Promise<void> => {
  for (const pair of await identity.pairsOf(id)) {
    if (pair.status !== 'open' && pair.status !== 'deferred') continue;
    const closed = { ...pair, version: pair.version + 1, status: 'closed' as const, updatedAt: now().toISOString() };
    await identity.keepPair(closed, pair);
  }
};

/** Two live profiles, of which it is to be decided whether they are one person's. */
interface Question {
  one: ProfileState;
  other: ProfileState;
  ties: ProfileTie[];
}

/** Whoever looks alike, and whoever events named together with this one. */
const questionsOf = async (
  state: ProfileState,
  config: IdentityConfig,
  tools: MatchProfileTools,
): Promise<Question[]> => {
  const model = (await tools.matchModel.get())(config);
  const alike = config.probabilisticMatching
    ? await findMatches(state, config.manualReviewThreshold, model, config, tools)
    : [];
  const ties = await tools.identity.tiesOf(state.id);
  const others = new Map(alike.map(({ other }) => [other.id, other]));
  const tied = ties.map(({ otherId }) => otherId).filter(id => !others.has(id));
  for (const [id, other] of await tools.profiles.getMany([...new Set(tied)])) others.set(id, other);
  return [...others.values()]
    .filter(({ id, head }) => head.life === 'live' && id !== state.id)
    .map(other => ({ one: state, other, ties: ties.filter(({ otherId }) => otherId === other.id) }));
};

const settle = async (question: Question, config: IdentityConfig, tools: MatchProfileTools): Promise<void> => {
  const { one, other } = question;
  const read = await tools.identity.pair(pairIdOf(one.id, other.id));
  // Events of the other one may have named this one as well.
  const ties = [...question.ties, ...(await tools.identity.tiesOf(other.id)).filter(tie => tie.otherId === one.id)];
  const decision = await decide({ ...question, ties }, config, tools);
  const pair = await notePair({ one, other, read, decision, config }, tools);
  if (pair?.status === 'joining') await joinPair(pair, decision.score, tools);
};

const decide = async (
  { one, other, ties }: Question,
  config: IdentityConfig,
  tools: MatchProfileTools,
): Promise<PairDecision> => {
  const settings = matchSettingsOf(config);
  const model = (await tools.matchModel.get())(config);
  const facts = {
    match: compareProfiles(one, other, model, config),
    ties,
    differentCustomers: areDifferentCustomers(one.person, other.person),
    bothKnown: isKnown(one.person) && isKnown(other.person),
    saidInBrowsers: false,
    autoMerge: tools.autoMerge,
    probabilistic: config.probabilisticMatching,
  };
  const decision = decidePair(facts, settings);
  // Only where they would be joined it matters who said what makes them alike.
  if (decision.action !== 'merge' || !(await wasSaidInBrowsers([one, other], tools.profiles))) return decision;
  return decidePair({ ...facts, saidInBrowsers: true }, settings);
};
