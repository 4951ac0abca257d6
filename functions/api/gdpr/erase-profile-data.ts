import { eraseProfileData } from '../../../core/contract/gdpr.ts';
import { eraseOnce } from '../../../core/flows/erase-once.ts';
import { showRequest } from '../../../core/flows/show-request.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(eraseProfileData, async ({ params, body }, services) => {
  const receipt = await showRequest(await eraseOnce(params.profileId, body, services), services);
  return { requestId: receipt.id, status: receipt.status, receipt };
});
