import { createSource } from '../../../core/contract/sources.ts';
import { createSource as create } from '../../../core/flows/create-source.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createSource, ({ body, caller, headers }, services) => {
  const { stage } = services.settings;
  return create(body, { stage, caller, idempotencyKey: headers['idempotency-key'] }, services);
});
