import { grantOfRoles } from '../engines/access/grant-of-roles.ts';
import { type Caller, isRole } from '../model/caller.ts';
import type { StoredUser } from '../model/stored-user.ts';
import type { TokenClaims } from '../model/token-claims.ts';
import type { Collection } from '../ports/collection.ts';
import { type HashSecret, userIdOf } from './user-id.ts';

interface SignInTools {
  users: Pick<Collection<StoredUser>, 'get'>;
  hashSecret: HashSecret;
}

/**
 * What the bearer of a token may do: the roles that groups of the issuer name, and those that were given here to the
 * address which the issuer has verified. Who has no role may nothing.
 */
export const signedInCaller = async (
  { subject, groups, verifiedEmail }: TokenClaims,
  { users, hashSecret }: SignInTools,
): Promise<Caller> => {
  const invited = verifiedEmail === undefined ? undefined : await users.get(await userIdOf(verifiedEmail, hashSecret));
  const held = [...groups.filter(isRole), ...(invited?.roles ?? [])];
  return { id: `user-${subject}`, kind: 'user', roles: held, ...grantOfRoles(held) };
};
