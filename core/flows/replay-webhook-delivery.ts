import type { deliverWebhook, MessageBody } from '../contract/messages.ts';
import type { WebhookDelivery as ShownDelivery } from '../contract/webhooks.ts';
import { notFound, Problem } from '../errors.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { WebhookDelivery } from '../model/webhook-delivery.ts';
import type { Collection } from '../ports/collection.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { Queue } from '../ports/outlets.ts';
import { shownDelivery } from './shown-webhook.ts';

interface ReplayTools {
  webhooks: Collection<StoredWebhook>;
  deliveries: DeliveryStore;
  queues: { deliverWebhook: Queue<MessageBody<typeof deliverWebhook>> };
  now: () => Date;
}

/**
 * Sends a message again under its id, as if for the first time. It is due before it is queued, so that it is sent even
 * if its queue forgets it.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const replayWebhookDelivery = async (
  id: string,
  deliveryId: string,
  tools: ReplayTools,
): Promise<ShownDelivery> => {
  const webhook = await tools.webhooks.get(id);
  if (!webhook) throw notFound('Webhook', id);
  const read = await tools.deliveries.get(id, deliveryId);
  if (!read) throw notFound('Delivery', deliveryId);
  if (!webhook.active) throw new Problem('CONFLICT', `Webhook ${id} is off; switch it on first`);
  const now = tools.now();
  if (read.state === 'sending' && read.leasedUntil > now.getTime()) throw isBusy(deliveryId);
  const again: WebhookDelivery = {
    ...read,
    version: read.version + 1,
    state: 'waiting',
    tries: 0,
    nextAt: now.getTime(),
    updatedAt: now.toISOString(),
  };
  if (!(await tools.deliveries.keep(again, read))) throw isBusy(deliveryId);
  await tools.queues.deliverWebhook.send([{ webhookId: id, fact: read.fact }]);
  return shownDelivery(again);
};

const isBusy = (deliveryId: string): Problem =>
  new Problem('CONFLICT', `Delivery ${deliveryId} is being sent at this moment; try again`);
