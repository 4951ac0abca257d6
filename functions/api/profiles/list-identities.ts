import { contentLocation } from '../../../core/contract/content-location.ts';
import { listIdentities } from '../../../core/contract/profile-record.ts';
import { identitiesShown } from '../../../core/flows/identities-shown.ts';
import { liveProfile } from '../../../core/flows/live-profile.ts';
import { profileIdentities } from '../../../core/flows/profile-identities.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listIdentities, async ({ params: { id }, caller }, services) => {
  const state = await liveProfile(id, services.profiles);
  const items = identitiesShown(await profileIdentities(state, services), caller.fieldPolicy);
  return new Answer({ items }, { headers: contentLocation(listIdentities, id, state.id) });
});
