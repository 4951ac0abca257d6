import type { NewSuppressions, SuppressedItem } from '../contract/suppressions.ts';
import { Problem, unprocessable } from '../errors.ts';
import { matchKey, whyUnusable } from '../model/identifier.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { type KeyedSuppression, type Suppressions, sha256Key } from '../ports/suppressions.ts';
import { liveProfile } from './live-profile.ts';
import { ownSuppressionKeys } from './suppression-keys.ts';

interface SuppressTools {
  profiles: ProfileStore;
  suppressions: Suppressions;
  now: () => Date;
}

/**
 * Suppresses people as of now: all of them, or none where one cannot be. Returns how many.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED`
 */
export const suppressPeople = async (
  { items, channels, reason, expiresAt: until }: NewSuppressions,
  source: string,
  tools: SuppressTools,
): Promise<number> => {
  const at = tools.now().getTime();
  const expiresAt = until === undefined ? {} : { expiresAt: futureOf(until, at) };
  const found = await Promise.all(items.map((item, index) => whom(item, `body.items.${index}`, tools)));
  const said = { channels, reason, source, at, ...expiresAt };
  await tools.suppressions.keep(
    found.map(({ keys, profileId }): KeyedSuppression => ({ keys, suppression: { ...said, profileId } })),
  );
  return found.length;
};

const futureOf = (moment: string, now: number): number => {
  const at = Date.parse(moment);
  if (at <= now) throw unprocessable('body.expiresAt', 'has passed');
  return at;
};

interface Whom {
  keys: string[];
  profileId?: string | undefined;
}

const whom = async (
  { profileId, identifier, sha256 }: SuppressedItem,
  path: string,
  tools: SuppressTools,
): Promise<Whom> => {
  if (profileId !== undefined) return ofProfile(profileId, path, tools);
  if (sha256 !== undefined) return { keys: [sha256Key(sha256)] };
  if (!identifier) return { keys: [] };
  const reason = whyUnusable(identifier);
  if (reason !== undefined) throw unprocessable(`${path}.identifier`, reason);
  const key = matchKey(identifier);
  return { keys: [key], profileId: (await tools.profiles.ownersOf([key])).get(key) };
};

const ofProfile = async (profileId: string, path: string, { profiles }: SuppressTools): Promise<Whom> => {
  try {
    const state = await liveProfile(profileId, profiles);
    return { keys: ownSuppressionKeys(state), profileId: state.id };
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    throw new Problem(fault.code, fault.message, [{ path: `${path}.profileId`, reason: 'names nobody' }]);
  }
};
