import { cancelRequest } from '../../../core/contract/gdpr.ts';
import { cancelRequest as cancel } from '../../../core/flows/cancel-request.ts';
import { showRequest } from '../../../core/flows/show-request.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(cancelRequest, async ({ params }, services) =>
  showRequest(await cancel(params.id, services), services),
);
