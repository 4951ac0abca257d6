import type { RouteInput } from '../contract/route.ts';
import type { inviteUser as inviteUserRoute } from '../contract/users.ts';
import { grantOfRoles } from '../engines/access/grant-of-roles.ts';
import { Problem } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { StoredUser } from '../model/stored-user.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { checkGrant } from './check-grant.ts';
import { type HashSecret, userIdOf } from './user-id.ts';

interface InviteTools {
  users: Collection<StoredUser>;
  hashSecret: HashSecret;
  now: () => Date;
}

type Invitation = RouteInput<typeof inviteUserRoute>['body'] & {
  /** What whoever invites is shown. */
  fieldPolicy: FieldPolicy;
};

/**
 * Gives roles to an address.
 *
 * @throws Problem `CONFLICT` when it has some already @throws Problem `FORBIDDEN` for roles that are shown more
 */
export const inviteUser = async (
  { email, roles, fieldPolicy }: Invitation,
  { users, hashSecret, now }: InviteTools,
): Promise<StoredUser> => {
  checkGrant(fieldPolicy, grantOfRoles(roles).fieldPolicy);
  const at = now().toISOString();
  const user = { id: await userIdOf(email, hashSecret), version: 1, email, roles, createdAt: at, updatedAt: at };
  try {
    await users.add(user);
    return user;
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', 'This address was invited already', [], { existingUserId: user.id });
  }
};
