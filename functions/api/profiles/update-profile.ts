import { contentLocation } from '../../../core/contract/content-location.ts';
import { updateProfile } from '../../../core/contract/profiles.ts';
import { mergeBody } from '../../../core/engines/profiles/merge-body.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { updateEdit } from '../../../core/engines/profiles/update-edit.ts';
import { notingConflicts } from '../../../core/flows/noting-conflicts.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { updateProfile as update } from '../../../core/flows/update-profile.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(
  updateProfile,
  async ({ params: { id }, query, body, headers, caller, requestId }, services) => {
    const edit = updateEdit.bind(undefined, body);
    const { identifiers } = mergeBody(body);
    const asked = { id, edit, requestId, ...query, actor: caller.id, ifMatch: headers['if-match'] };
    const write = () => update(asked, services);
    const state = await notingConflicts(write, { profileId: id, identifiers, requestId }, services);
    const told = { etag: etagOf(state), ...contentLocation(updateProfile, id, state.id) };
    return new Answer(await showProfile(state, services), { headers: told });
  },
);
