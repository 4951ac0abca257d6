import type { RouteInput } from '../contract/route.ts';
import type { inviteUser as inviteUserRoute } from '../contract/users.ts';
import { Problem } from '../errors.ts';
import type { StoredUser } from '../model/stored-user.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { type HashSecret, userIdOf } from './user-id.ts';

interface InviteTools {
  users: Collection<StoredUser>;
  hashSecret: HashSecret;
  now: () => Date;
}

/** Gives roles to an address. @throws Problem `CONFLICT` when it has some already */
export const inviteUser = async (
  { email, roles }: RouteInput<typeof inviteUserRoute>['body'],
  { users, hashSecret, now }: InviteTools,
): Promise<StoredUser> => {
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
