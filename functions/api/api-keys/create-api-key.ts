import { createApiKey } from '../../../core/contract/api-keys.ts';
import { createApiKey as create } from '../../../core/flows/create-api-key.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createApiKey, ({ body, caller, headers }, services) => {
  const { stage } = services.settings;
  return create(body, { stage, caller, idempotencyKey: headers['idempotency-key'] }, services);
});
