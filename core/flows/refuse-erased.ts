import { Problem } from '../errors.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';

/**
 * Nobody is given what somebody was known by who was erased and is not to come back.
 *
 * @throws Problem `CONFLICT` naming the type of the identifier
 */
export const refuseErased = async (
  before: ProfileState,
  after: ProfileState,
  erasedKeys: Pick<ErasedKeys, 'among'>,
): Promise<void> => {
  if (after.person === before.person) return;
  const held = new Set(before.person.identifiers.map(({ key }) => key));
  const fresh = after.person.identifiers.filter(({ key }) => !held.has(key));
  const erased = await erasedKeys.among(fresh.map(({ key }) => key));
  const found = fresh.find(({ key }) => erased.has(key));
  if (!found) return;
  const reason = `Whoever had this ${found.type} was erased, and it is not taken any more; a request of type unsuppress lifts that`;
  throw new Problem('CONFLICT', reason);
};
