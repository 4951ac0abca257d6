import { createWebhook } from '../../../core/contract/webhooks.ts';
import { createWebhook as create } from '../../../core/flows/create-webhook.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createWebhook, ({ body, caller, headers }, services) =>
  create(body, { caller, idempotencyKey: headers['idempotency-key'] }, services),
);
