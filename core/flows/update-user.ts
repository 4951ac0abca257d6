import { grantOfRoles } from '../engines/access/grant-of-roles.ts';
import type { FieldPolicy, Role } from '../model/caller.ts';
import type { StoredUser } from '../model/stored-user.ts';
import type { Collection } from '../ports/collection.ts';
import { changeDocument } from './change-document.ts';
import { checkGrant } from './check-grant.ts';

interface UserUpdate {
  id: string;
  roles: Role[];
  /** What whoever asks for this is shown. */
  fieldPolicy: FieldPolicy;
}

interface UpdateTools {
  users: Collection<StoredUser>;
  now: () => Date;
}

/** Sets the roles of a user. @throws Problem `NOT_FOUND` @throws Problem `FORBIDDEN` for roles that are shown more */
export const updateUser = async (
  { id, roles, fieldPolicy }: UserUpdate,
  { users, now }: UpdateTools,
): Promise<StoredUser> => {
  checkGrant(fieldPolicy, grantOfRoles(roles).fieldPolicy);
  return changeDocument('User', id, users, user => ({ ...user, roles, updatedAt: now().toISOString() }));
};
