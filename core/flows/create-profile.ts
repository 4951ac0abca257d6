import type { NewProfile } from '../contract/profiles.ts';
import { checkIdentifiers, nameTwoCustomers } from '../engines/profiles/check-identifiers.ts';
import { blankProfile } from '../engines/profiles/commit-events.ts';
import { editProfile, noteProfile, type ProfileEdit } from '../engines/profiles/edit-profile.ts';
import { identifiersIn } from '../engines/profiles/external-ids.ts';
import { mergeBody } from '../engines/profiles/merge-body.ts';
import { Problem } from '../errors.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { IdentifierTaken, ProfileChanged } from '../ports/profile-store.ts';
import { identifierConflict } from './identifier-conflict.ts';
import { refuseErased } from './refuse-erased.ts';
import { type UpdateTools, updateProfile } from './update-profile.ts';

interface CreateTools extends UpdateTools {
  newId: (prefix: string) => string;
}

interface CreateOptions {
  /** What happens when another profile has one of the identifiers. */
  onConflict: 'reject' | 'upsert';
  requestId: string;
  /** Who says so. */
  source: string;
  /** Whose request it is. */
  actor?: string | undefined;
  /** When it was said, epoch ms: it loses to whatever was said since. Absent: now, after everything else. */
  saidAt?: number | undefined;
}

const triesMax = 5;

/**
 * Creates a profile with its identifiers in one step. Where another profile has one of them the request is refused, or
 * that profile is updated instead.
 *
 * @throws Problem `CONFLICT` with `existingProfileId`, `VALIDATION_FAILED`
 */
export const createProfile = async (
  body: NewProfile,
  options: CreateOptions,
  tools: CreateTools,
): Promise<{ state: ProfileState; created: boolean }> => {
  const edit = editIn(body);
  const id = tools.newId('profile');
  for (let tries = 0; tries < triesMax; tries += 1) {
    const outcome = await createOnce(id, edit, options, tools);
    if (outcome instanceof IdentifierTaken) {
      if (options.onConflict === 'reject') throw identifierConflict(outcome);
      const state = await upsert(outcome, edit, options, tools);
      if (state) return { state, created: false };
    } else if (outcome) return { state: outcome, created: true };
  }
  throw new Problem('CONFLICT', 'The identifiers change hands all the time; try again');
};

const editIn = (body: NewProfile): ProfileEdit => {
  const { customerId, externalIds } = body;
  checkIdentifiers(identifiersIn({ ...externalIds, ...(customerId === undefined ? {} : { customerId }) }));
  return { ...mergeBody(body), consent: body.consent };
};

/** The new profile, who has an identifier already, or `undefined` when that has just changed. */
const createOnce = async (
  id: string,
  edit: ProfileEdit,
  { requestId, source, saidAt }: CreateOptions,
  { profiles, erasedKeys, now }: CreateTools,
): Promise<ProfileState | IdentifierTaken | undefined> => {
  const at = saidAt ?? now().getTime();
  const before = blankProfile(id, at);
  const write = saidAt === undefined ? editProfile : noteProfile;
  const after = write(before, edit, { at, id: requestId, source });
  await refuseErased(before, after, erasedKeys);
  try {
    await profiles.commit({ before, after, recent: true });
    return after;
  } catch (fault) {
    if (fault instanceof IdentifierTaken) return fault;
    if (fault instanceof ProfileChanged) return profiles.get(id);
    throw fault;
  }
};

/** `undefined`: the profile that had the identifier has been erased meanwhile. */
const upsert = async (
  taken: IdentifierTaken,
  edit: ProfileEdit,
  { requestId, source, actor, saidAt }: CreateOptions,
  tools: CreateTools,
): Promise<ProfileState | undefined> => {
  const editOf = ({ person }: ProfileState): ProfileEdit => {
    if (nameTwoCustomers(person.identifiers, edit.identifiers)) throw identifierConflict(taken);
    return edit;
  };
  try {
    const owner = { id: taken.profileId, via: taken.key };
    return await updateProfile({ ...owner, edit: editOf, requestId, source, actor, saidAt }, tools);
  } catch (fault) {
    if (fault instanceof Problem && fault.code === 'NOT_FOUND') return undefined;
    throw fault;
  }
};
