import { deleteSuppression } from '../../../core/contract/suppressions.ts';
import { releaseSuppression } from '../../../core/flows/release-suppression.ts';
import { mayCall } from '../../../core/model/caller.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteSuppression, async ({ params, caller }, services) => {
  await releaseSuppression(params.id, mayCall(caller, 'admin'), services);
  return undefined;
});
