import { unprocessable } from '../errors.ts';
import { type Identifier, whyUnusable } from '../model/identifier.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { type ProfileUpdate, type UpdateTools, updateProfile } from './update-profile.ts';

/**
 * Makes a profile known by an identifier; where it is already nothing changes.
 *
 * @throws Problem `CONFLICT` naming the profile that has it, `NOT_FOUND`, `VALIDATION_FAILED` for what identifies nobody
 */
export const attachIdentity = async (
  identifier: Identifier,
  update: Omit<ProfileUpdate, 'edit'>,
  tools: UpdateTools,
): Promise<ProfileState> => {
  const reason = whyUnusable(identifier);
  if (reason !== undefined) throw unprocessable('body.value', reason);
  return updateProfile({ ...update, edit: () => ({ attributes: {}, identifiers: [identifier] }) }, tools);
};
