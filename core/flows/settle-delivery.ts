import { pausesSeconds } from '../engines/activation/retry-schedule.ts';
import { healthAfter } from '../engines/webhooks/health-after.ts';
import { isOverloaded, judgeAnswer, reasonOf } from '../engines/webhooks/judge-answer.ts';
import { nextTry } from '../engines/webhooks/next-try.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { DeliveryAttempt, WebhookDelivery } from '../model/webhook-delivery.ts';
import type { Collection } from '../ports/collection.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { WebhookAnswer } from '../ports/webhook-sender.ts';
import { changeDocument } from './change-document.ts';
import type { Resting } from './deliver-people.ts';
import type { Sent } from './send-webhook.ts';
import { restWebhook } from './webhook-rest.ts';

export interface SettleTools {
  webhooks: Collection<StoredWebhook>;
  deliveries: DeliveryStore;
  resting: Resting;
  now: () => Date;
}

const attemptsKept = 12;

/** The newest tries, with one more. */
export const withAttempt = (attempts: readonly DeliveryAttempt[], attempt: DeliveryAttempt): DeliveryAttempt[] =>
  [...attempts, attempt].slice(-attemptsKept);

/** Keeps what came of a try: taken, to be tried again, or given up. Whoever settles holds the lease. */
export const settleDelivery = async (
  webhook: StoredWebhook,
  lease: WebhookDelivery,
  { answer, attempt }: Sent,
  tools: SettleTools,
): Promise<'delivered' | 'failing'> => {
  const verdict = judgeAnswer(answer.status);
  if (verdict !== 'taken' && isOverloaded(answer.status)) restWebhook(webhook, answer, tools);
  await tools.deliveries.keep(settled(lease, answer, attempt, tools.now()), lease);
  await noteHealth(webhook, { verdict, reason: reasonOf(answer) }, tools);
  return verdict === 'taken' ? 'delivered' : 'failing';
};

const settled = (
  lease: WebhookDelivery,
  { status, retryAfterSeconds }: WebhookAnswer,
  attempt: DeliveryAttempt,
  now: Date,
): WebhookDelivery => {
  const verdict = judgeAnswer(status);
  const tries = lease.tries + 1;
  const again = { id: lease.fact.id, tries, retryAfterSeconds, now: now.getTime() };
  const nextAt = verdict === 'failing' ? nextTry(again, pausesSeconds) : undefined;
  const over = verdict === 'taken' ? 'delivered' : 'failed';
  return {
    ...lease,
    version: lease.version + 1,
    state: nextAt === undefined ? over : 'waiting',
    tries,
    attempts: withAttempt(lease.attempts, attempt),
    nextAt,
    leasedUntil: 0,
    updatedAt: now.toISOString(),
  };
};

type Health = Parameters<typeof healthAfter>[1];

/** Most answers change nothing about a subscription, and are not written there. */
const noteHealth = async (webhook: StoredWebhook, health: Health, { webhooks, now }: SettleTools): Promise<void> => {
  if (healthAfter(webhook, health, now()) === webhook) return;
  if (!(await webhooks.get(webhook.id))) return;
  await changeDocument('Webhook', webhook.id, webhooks, found => healthAfter(found, health, now()));
};
