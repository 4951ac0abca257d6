import { editProfile, noteProfile, type ProfileEdit } from '../engines/profiles/edit-profile.ts';
import { etagOf } from '../engines/profiles/profile-view.ts';
import { Problem } from '../errors.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { ErasedKeys } from '../ports/erased-keys.ts';
import { IdentifierTaken, ProfileChanged, type ProfileCommit, type ProfileStore } from '../ports/profile-store.ts';
import { identifierConflict } from './identifier-conflict.ts';
import { changedSince, checkIfMatch } from './if-match.ts';
import { liveProfile } from './live-profile.ts';
import { refuseErased } from './refuse-erased.ts';

export interface UpdateTools {
  profiles: Pick<ProfileStore, 'get' | 'commit'>;
  /** What erased people were known by. */
  erasedKeys: Pick<ErasedKeys, 'among'>;
  now: () => Date;
}

export interface ProfileUpdate {
  id: string;
  /** The match key by which it was found, where nobody named it. */
  via?: string | undefined;
  /** Decides what is written from the profile as it is; asked again after a lost race. */
  edit: (state: ProfileState) => ProfileEdit;
  /** Names this write in the provenance of what it says. */
  requestId: string;
  /** Who says so; `api` when absent. */
  source?: string;
  /** Whose request it is. */
  actor?: string | undefined;
  /** When it was said, epoch ms: it loses to whatever was said since. Absent: now, after everything else. */
  saidAt?: number | undefined;
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
}

/** Somebody wins every race, so this many tries outlast as many others who write at once. */
const triesMax = 64;

/**
 * Writes an edit over a profile as it is at that moment. Without `ifMatch` a lost race is run again; with it the loser
 * is told. Values set by hand hold as of the try that won: every event in the state it read was received before.
 *
 * @throws Problem `NOT_FOUND`, `CONFLICT` naming the profile that has an identifier, or `PRECONDITION_FAILED`
 */
export const updateProfile = async (
  update: ProfileUpdate,
  { profiles, erasedKeys, now }: UpdateTools,
): Promise<ProfileState> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await liveProfile(update.id, profiles);
    checkIfMatch(update.ifMatch, etagOf(before));
    const by = { at: update.saidAt ?? now().getTime(), id: update.requestId, source: update.source ?? 'api' };
    const write = update.saidAt === undefined ? editProfile : noteProfile;
    const edit = update.edit(before);
    const after = write(before, edit, by);
    await refuseErased(before, after, erasedKeys);
    const noted = {
      named: update.id,
      via: update.via,
      edit,
      by,
      ...(update.saidAt === undefined ? {} : { said: true }),
    };
    const commit = { before, after, edit: noted, ...actorOf(update) };
    if (after === before || (await commits(commit, profiles))) return after;
    if (update.ifMatch !== undefined) throw changedSince();
  }
  throw new Problem('CONFLICT', `Profile ${update.id} is changed all the time; try again`);
};

const actorOf = ({ actor }: ProfileUpdate) => (actor === undefined ? {} : { actor });

/** False when somebody else was faster. */
const commits = async (commit: ProfileCommit, profiles: UpdateTools['profiles']): Promise<boolean> => {
  try {
    await profiles.commit({ ...commit, recent: true });
    return true;
  } catch (fault) {
    if (fault instanceof IdentifierTaken) throw identifierConflict(fault);
    if (fault instanceof ProfileChanged) return false;
    throw fault;
  }
};
