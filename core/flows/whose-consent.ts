import type { NewProfile } from '../contract/profiles.ts';
import { Problem, unprocessable } from '../errors.ts';
import { type Identifier, matchKey, whyUnusable } from '../model/identifier.ts';
import { createProfile } from './create-profile.ts';
import { liveProfile } from './live-profile.ts';
import type { UpdateTools } from './update-profile.ts';

export interface WhoseTools extends UpdateTools {
  profiles: UpdateTools['profiles'] & { ownersOf(keys: readonly string[]): Promise<Map<string, string>> };
  newId: (prefix: string) => string;
}

/** Who is meant: a profile, or whoever has an identifier. */
export interface Whose {
  profileId?: string | undefined;
  identifier?: Identifier | undefined;
}

const lists = {
  deviceId: 'deviceIds',
  anonymousId: 'anonymousIds',
  cookie: 'cookies',
  advertisingId: 'advertisingIds',
};

const externalIdsOf = ({ type, value }: Identifier): NewProfile['externalIds'] => {
  if (type.startsWith('custom:')) return { custom: { [type.slice('custom:'.length)]: value } };
  const list = lists[type as keyof typeof lists];
  return list === undefined ? { [type]: value } : { [list]: [value] };
};

/**
 * The id of the live profile that is meant; somebody who is not known yet is created with the identifier.
 *
 * @throws Problem `NOT_FOUND`, `VALIDATION_FAILED`
 */
export const whoseConsent = async (
  { profileId, identifier }: Whose,
  { requestId, source }: { requestId: string; source: string },
  tools: WhoseTools,
): Promise<string> => {
  if (profileId !== undefined) return (await liveProfile(profileId, tools.profiles)).id;
  if (identifier === undefined) {
    const reason = 'names a profileId or an identifier';
    throw new Problem('INVALID_REQUEST', `The body ${reason}`, [{ path: 'body', reason }]);
  }
  const reason = whyUnusable(identifier);
  if (reason !== undefined) throw unprocessable('body.identifier', `${identifier.type} ${reason}`);
  const owner = (await tools.profiles.ownersOf([matchKey(identifier)])).values().next().value;
  if (owner !== undefined) return (await liveProfile(owner, tools.profiles)).id;
  const body = { externalIds: externalIdsOf(identifier) };
  return (await createProfile(body, { onConflict: 'upsert', requestId, source }, tools)).state.id;
};
