import { attachIdentity } from '../../../core/contract/profile-record.ts';
import { attachIdentity as attach } from '../../../core/flows/attach-identity.ts';
import { profileIdentities } from '../../../core/flows/profile-identities.ts';
import { matchKey } from '../../../core/model/identifier.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(attachIdentity, async ({ params: { id }, body, caller, requestId }, services) => {
  const state = await attach(body, { id, requestId, actor: caller.id }, services);
  const identities = await profileIdentities(state, services);
  const known = identities.find(identity => matchKey(identity) === matchKey(body));
  if (!known) throw new Error('the profile is not known by what it was given');
  return known;
});
