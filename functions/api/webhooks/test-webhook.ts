import { testWebhook } from '../../../core/contract/webhooks.ts';
import { testWebhook as test } from '../../../core/flows/test-webhook.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(testWebhook, ({ params: { id } }, services) => test(id, services));
