import { answeredPage } from '../../../core/contract/paging.ts';
import { listWebhooks } from '../../../core/contract/webhooks.ts';
import { shownWebhook } from '../../../core/flows/shown-webhook.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listWebhooks, async ({ query }, { webhooks }) => {
  const { items, ...page } = await webhooks.page(query);
  return answeredPage(query, { ...page, items: items.map(shownWebhook) });
});
