import { getRequest } from '../../../core/contract/gdpr.ts';
import { requestNamed, showRequest } from '../../../core/flows/show-request.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getRequest, async ({ params }, services) =>
  showRequest(await requestNamed(params.id, services), services, true),
);
