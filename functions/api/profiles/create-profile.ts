import { createProfile } from '../../../core/contract/profiles.ts';
import { mergeBody } from '../../../core/engines/profiles/merge-body.ts';
import { etagOf } from '../../../core/engines/profiles/profile-view.ts';
import { createProfile as create } from '../../../core/flows/create-profile.ts';
import { notingConflicts } from '../../../core/flows/noting-conflicts.ts';
import { showProfile } from '../../../core/flows/show-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createProfile, async ({ body, query, caller, requestId }, services) => {
  const { identifiers } = mergeBody(body);
  const write = () => create(body, { ...query, actor: caller.id, requestId }, services);
  const { state, created } = await notingConflicts(write, { identifiers, requestId }, services);
  const headers = { etag: etagOf(state) };
  return new Answer(await showProfile(state, services), { status: created ? 201 : 200, headers });
});
