import { unprocessable } from '../errors.ts';
import { type Identifier, matchKey, whyUnusable } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { type ProfileUpdate, type UpdateTools, updateProfile } from './update-profile.ts';

/**
 * Makes a profile known by an identifier. Tells whether it was not yet.
 *
 * @throws Problem `CONFLICT` naming the profile that has it, `NOT_FOUND`, `VALIDATION_FAILED` for what identifies nobody
 */
export const attachIdentity = async (
  identifier: Identifier,
  update: Omit<ProfileUpdate, 'edit'>,
  tools: UpdateTools,
): Promise<{ state: ProfileState; isNew: boolean }> => {
  const reason = whyUnusable(identifier);
  if (reason !== undefined) throw unprocessable('body.value', reason);
  const key = matchKey(identifier);
  let isNew = false;
  const edit = ({ person }: ProfileState) => {
    isNew = person.identifiers.every(known => known.key !== key);
    return { attributes: {}, identifiers: [identifier] };
  };
  const state = await updateProfile({ ...update, edit }, tools);
  return { state, isNew };
};
