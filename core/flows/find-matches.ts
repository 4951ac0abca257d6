import { indexKeys } from '../engines/identity/blocking-keys.ts';
import { decideMatch, type MatchDecision } from '../engines/identity/decide-match.ts';
import type { MatchModel } from '../engines/identity/match-model.ts';
import { comparedKinds, foreignKeys, matchSettingsOf, profileRecord } from '../engines/identity/profile-record.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { BlockIndex } from '../ports/block-index.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

export interface MatchTools {
  profiles: Pick<ProfileStore, 'getMany' | 'ownersOf'>;
  blocks: Pick<BlockIndex, 'candidates'>;
}

/** One request reads so many profiles. Whoever shares most keys is looked at first. */
const candidatesMax = 50;

export interface Match {
  other: ProfileState;
  match: MatchDecision;
}

/** Under which keys others who may be the same person find this one. */
export const keysOf = (person: ProfileState['person'], config: IdentityConfig): string[] =>
  indexKeys(profileRecord(person, config), comparedKinds(config));

export const compareProfiles = (
  one: ProfileState,
  other: ProfileState,
  model: MatchModel,
  config: IdentityConfig,
): MatchDecision =>
  decideMatch(profileRecord(one.person, config), profileRecord(other.person, config), model, matchSettingsOf(config));

/** Whoever is live and may be the same person, best first. */
export const findMatches = async (
  profile: Pick<ProfileState, 'id' | 'person'>,
  scoreMin: number,
  model: MatchModel,
  config: IdentityConfig,
  { profiles, blocks }: MatchTools,
): Promise<Match[]> => {
  const candidates = await blocks.candidates(keysOf(profile.person, config), candidatesMax + 1);
  const foreign = foreignKeys(profile.person, config);
  const owners = foreign.length === 0 ? new Map<string, string>() : await profiles.ownersOf(foreign);
  const ids = new Set([...owners.values(), ...candidates.map(({ profileId }) => profileId)]);
  ids.delete(profile.id);
  const states = await profiles.getMany([...ids].slice(0, candidatesMax));
  const [settings, record] = [matchSettingsOf(config), profileRecord(profile.person, config)];
  return [...states.values()]
    .filter(({ head }) => head.life === 'live')
    .map(other => ({ other, match: decideMatch(record, profileRecord(other.person, config), model, settings) }))
    .filter(({ match }) => match.score >= scoreMin)
    .sort((one, next) => next.match.score - one.match.score || (one.other.id < next.other.id ? -1 : 1));
};
