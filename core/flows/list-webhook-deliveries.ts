import type { WebhookDelivery } from '../contract/webhooks.ts';
import { notFound } from '../errors.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { Collection, Paged } from '../ports/collection.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import { shownDelivery } from './shown-webhook.ts';

interface ListTools {
  webhooks: Collection<StoredWebhook>;
  deliveries: DeliveryStore;
}

/** What a subscription was told, newest first. @throws Problem `NOT_FOUND` */
export const listWebhookDeliveries = async (
  id: string,
  { limit, cursor, offset }: Paged,
  tools: ListTools,
): Promise<{ items: WebhookDelivery[]; nextCursor?: string }> => {
  if (!(await tools.webhooks.get(id))) throw notFound('Webhook', id);
  const { deliveries, next } = await tools.deliveries.page(id, limit, cursor, offset);
  return { items: deliveries.map(shownDelivery), ...(next === undefined ? {} : { nextCursor: next }) };
};
