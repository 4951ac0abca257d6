import { notFound, Problem } from '../errors.ts';
import type { StoredUser } from '../model/stored-user.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';

interface RemoveTools {
  users: Collection<StoredUser>;
  commitTogether: CommitTogether;
}

/** Takes back the roles of an address. @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` */
export const removeUser = async (id: string, { users, commitTogether }: RemoveTools): Promise<void> => {
  const user = await users.get(id);
  if (!user) throw notFound('User', id);
  try {
    await commitTogether([users.removing(user)]);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `User ${id} is being changed by somebody else; try again`);
  }
};
