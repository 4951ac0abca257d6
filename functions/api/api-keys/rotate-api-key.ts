import { rotateApiKey } from '../../../core/contract/api-keys.ts';
import { rotateApiKey as rotate } from '../../../core/flows/rotate-api-key.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(rotateApiKey, ({ params: { id }, body, caller, headers }, services) => {
  const { stage } = services.settings;
  const { graceSeconds } = body;
  const asked = { id, graceSeconds, stage, caller, idempotencyKey: headers['idempotency-key'] };
  return rotate(asked, services);
});
