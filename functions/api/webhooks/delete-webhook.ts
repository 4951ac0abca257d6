import { deleteWebhook } from '../../../core/contract/webhooks.ts';
import { deleteWebhook as remove } from '../../../core/flows/delete-webhook.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteWebhook, async ({ params: { id } }, services) => {
  await remove(id, services);
  return undefined;
});
