import { deliverWebhook } from '../../core/contract/messages.ts';
import { deliverWebhooks } from '../../core/flows/deliver-webhooks.ts';
import { consumer } from '../kit/consumer.ts';
import { count } from '../kit/log.ts';

export const handler = consumer(deliverWebhook, async (messages, services) => {
  const { delivered, failing, failed } = await deliverWebhooks(messages, services);
  count({ WebhooksDelivered: delivered, WebhooksFailing: failing });
  return failed;
});
