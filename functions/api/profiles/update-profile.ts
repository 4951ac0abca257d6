import { contentLocation } from '../../../core/contract/content-location.ts';
import { updateProfile } from '../../../core/contract/profiles.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { updateEdit } from '../../../core/engines/profiles/update-edit.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { updateProfile as update } from '../../../core/flows/update-profile.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(
  updateProfile,
  async ({ params: { id }, query, body, headers, caller, requestId }, services) => {
    const edit = updateEdit.bind(undefined, body);
    const state = await update(
      { id, edit, requestId, ...query, actor: caller.id, ifMatch: headers['if-match'] },
      services,
    );
    const told = { etag: etagOf(state), ...contentLocation(updateProfile, id, state.id) };
    return new Answer(await showProfile(state, services), { headers: told });
  },
);
