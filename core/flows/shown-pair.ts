import type { IdentityConfig } from '../model/identity-config.ts';
import { matchBand } from '../model/match-band.ts';
import { type ProfilePair, pairIdOf } from '../model/profile-pair.ts';

/** A pair as it is answered. */
export const shownPair = (pair: ProfilePair, config: IdentityConfig) => {
  const { version: _version, evidence: _evidence, profileIds, ...shown } = pair;
  const [one, other] = profileIds;
  const ids: [string, string] = [one, other];
  return { ...shown, id: pairIdOf(one, other), profileIds: ids, band: matchBand(pair.score, config) };
};
