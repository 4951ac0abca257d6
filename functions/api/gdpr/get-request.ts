import { getRequest } from '../../../core/contract/gdpr.ts';
import { requestNamed, showRequest } from '../../../core/flows/show-request.ts';
import { seesAsMuch } from '../../../core/model/sees-as-much.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getRequest, async ({ params, caller }, services) =>
  showRequest(await requestNamed(params.id, services), services, seesAsMuch(caller.fieldPolicy, {})),
);
