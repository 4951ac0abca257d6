import { getWebhook } from '../../../core/contract/webhooks.ts';
import { notFound } from '../../../core/errors.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { shownWebhook } from '../../../core/flows/shown-webhook.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getWebhook, async ({ params: { id } }, { webhooks }) => {
  const webhook = await webhooks.get(id);
  if (!webhook) throw notFound('Webhook', id);
  return new Answer(shownWebhook(webhook), { headers: { etag: documentTag(webhook) } });
});
