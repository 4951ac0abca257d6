import { reasonOf } from '../engines/webhooks/judge-answer.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { WebhookAnswer } from '../ports/webhook-sender.ts';
import type { Resting } from './deliver-people.ts';

interface RestTools {
  resting: Resting;
  now: () => Date;
}

const [restSeconds, restSecondsMax] = [30, 300];

const placeOf = ({ id, url }: StoredWebhook): string => `webhook ${id} ${url}`;

/**
 * Leaves a receiver in peace for a while: one that makes everybody wait for its time limit holds up the others once, and
 * not with every message.
 */
export const restWebhook = (webhook: StoredWebhook, answer: WebhookAnswer, { resting, now }: RestTools): void => {
  const seconds = Math.min(Math.max(answer.retryAfterSeconds ?? 0, restSeconds), restSecondsMax);
  resting.set(placeOf(webhook), { until: now().getTime() + seconds * 1000, error: reasonOf(answer) });
};

/** Until when (epoch ms) a receiver is left in peace; `undefined` when it may be asked. */
export const restingUntil = (webhook: StoredWebhook, { resting, now }: RestTools): number | undefined => {
  const until = resting.get(placeOf(webhook))?.until ?? 0;
  return until > now().getTime() ? until : undefined;
};
