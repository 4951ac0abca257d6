import { detachIdentity } from '../../../core/contract/profile-record.ts';
import { detachIdentity as detach } from '../../../core/flows/detach-identity.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(detachIdentity, async ({ params: { id, ...identifier }, caller }, services) => {
  await detach(id, identifier, caller.id, services);
  return undefined;
});
