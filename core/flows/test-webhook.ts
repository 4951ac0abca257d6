import type { WebhookDelivery } from '../contract/webhooks.ts';
import { judgeAnswer } from '../engines/webhooks/judge-answer.ts';
import { notFound } from '../errors.ts';
import { factOf, testFactType } from '../model/fact.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { Collection } from '../ports/collection.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import { type SendTools, sendWebhook } from './send-webhook.ts';
import { shownDelivery } from './shown-webhook.ts';

interface TestTools extends SendTools {
  webhooks: Collection<StoredWebhook>;
  deliveries: DeliveryStore;
  newId: (prefix: string) => string;
}

/** Sends a test message once and keeps what came of it among the deliveries. @throws Problem `NOT_FOUND` */
export const testWebhook = async (id: string, tools: TestTools): Promise<WebhookDelivery> => {
  const webhook = await tools.webhooks.get(id);
  if (!webhook) throw notFound('Webhook', id);
  const at = tools.now();
  const sequence = tools.newId('test');
  const fact = factOf({ type: testFactType, subject: id, sequence, at: at.getTime(), data: { webhookId: id } });
  const { answer, attempt } = await sendWebhook({ webhook, fact, state: undefined }, tools);
  const delivery = {
    webhookId: id,
    fact,
    version: 1,
    state: judgeAnswer(answer.status) === 'taken' ? ('delivered' as const) : ('failed' as const),
    tries: 1,
    attempts: [attempt],
    leasedUntil: 0,
    createdAt: at.toISOString(),
    updatedAt: tools.now().toISOString(),
  };
  await tools.deliveries.keep(delivery, undefined);
  return shownDelivery(delivery);
};
