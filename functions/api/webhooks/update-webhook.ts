import { updateWebhook } from '../../../core/contract/webhooks.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { updateWebhook as update } from '../../../core/flows/update-webhook.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateWebhook, async ({ params: { id }, body: patch, caller, headers }, services) => {
  const { fieldPolicy } = caller;
  const webhook = await update({ id, patch, ifMatch: headers['if-match'], fieldPolicy }, services);
  return new Answer(webhook, { headers: { etag: documentTag(webhook) } });
});
