import { deleteProfile } from '../../../core/contract/profiles.ts';
import { eraseProfile } from '../../../core/flows/erase-profile.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteProfile, async ({ params }, services) => ({
  id: await eraseProfile(params.id, services),
  deleted: true as const,
  requestId: services.newId('request'),
}));
