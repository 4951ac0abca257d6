import { rotateWebhook } from '../../../core/contract/webhooks.ts';
import { rotateWebhook as rotate } from '../../../core/flows/rotate-webhook.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(rotateWebhook, ({ params: { id }, body, caller, headers }, services) =>
  rotate({ id, ...body, callerId: caller.id, idempotencyKey: headers['idempotency-key'] }, services),
);
