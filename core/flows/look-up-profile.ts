import { notFound } from '../errors.ts';
import { type Identifier, matchKey, whyUnusable } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

/** Who had an identifier a while ago, by its match key. `at` is epoch ms. */
export type KnownOwners = Map<string, { profileId: string; at: number }>;

interface LookUpTools {
  profiles: Pick<ProfileStore, 'get' | 'ownersOf'>;
  knownOwners: KnownOwners;
  now: () => Date;
}

const rememberedMilliseconds = 60_000;
const ownersMax = 10_000;

/**
 * The profile that has an identifier. Who has it is remembered for a minute and believed as long as the profile, which
 * is read anew, still says so: whatever was written since, and by whom, is seen. That nobody has it is not remembered.
 *
 * @throws Problem `NOT_FOUND`, which does not repeat the value
 */
export const lookUpProfile = async (identifier: Identifier, tools: LookUpTools): Promise<ProfileState> => {
  if (whyUnusable(identifier) !== undefined) throw unknown(identifier);
  const key = matchKey(identifier);
  return (await remembered(key, tools)) ?? readAnew(identifier, key, tools);
};

const unknown = ({ type }: Identifier) => notFound('A profile', `with this ${type}`);

const remembered = async (
  key: string,
  { knownOwners, profiles, now }: LookUpTools,
): Promise<ProfileState | undefined> => {
  const known = knownOwners.get(key);
  if (!known || now().getTime() - known.at >= rememberedMilliseconds) return undefined;
  const state = await profiles.get(known.profileId);
  return state?.head.life === 'live' && state.person.identifiers.some(one => one.key === key) ? state : undefined;
};

const readAnew = async (
  identifier: Identifier,
  key: string,
  { knownOwners, profiles, now }: LookUpTools,
): Promise<ProfileState> => {
  const profileId = (await profiles.ownersOf([key])).get(key);
  knownOwners.delete(key);
  if (profileId === undefined) throw unknown(identifier);
  const [oldest] = knownOwners.keys();
  if (oldest !== undefined && knownOwners.size >= ownersMax) knownOwners.delete(oldest);
  knownOwners.set(key, { profileId, at: now().getTime() });
  return liveProfile(profileId, profiles);
};
