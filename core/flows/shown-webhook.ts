import type { WebhookDelivery as ShownDelivery, Webhook } from '../contract/webhooks.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { WebhookDelivery } from '../model/webhook-delivery.ts';

/** Everything but the secrets. */
export const shownWebhook = ({ secrets, fieldPolicy: _policy, ...webhook }: StoredWebhook): Webhook => ({
  ...webhook,
  previousSecretUntil: secrets.find(({ until }) => until !== undefined)?.until,
});

export const shownDelivery = ({ fact, state, tries, attempts, nextAt, ...times }: WebhookDelivery): ShownDelivery => ({
  id: fact.id,
  type: fact.type,
  at: fact.at,
  data: fact.data,
  state,
  tries,
  attempts,
  ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }),
  createdAt: times.createdAt,
  updatedAt: times.updatedAt,
});
