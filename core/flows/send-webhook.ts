import { currentSecrets } from '../engines/webhooks/current-secrets.ts';
import type { Fact } from '../model/fact.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { DeliveryAttempt } from '../model/webhook-delivery.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import type { WebhookAnswer, WebhookSender } from '../ports/webhook-sender.ts';
import { webhookBody } from './webhook-body.ts';

export interface SendTools {
  webhookSender: WebhookSender;
  webhookSecrets: WebhookSecrets;
  now: () => Date;
}

/** One receiver, and what it is to be told of. */
export interface Telling {
  webhook: StoredWebhook;
  fact: Fact;
  /** The profile that it is about, as it is now. */
  state: ProfileState | undefined;
}

/** What came of sending, and how it is noted. */
export interface Sent {
  answer: WebhookAnswer;
  attempt: DeliveryAttempt;
}

/** Sends a message, signed with every secret that is good now, and tells what came of it. */
export const sendWebhook = async (
  { webhook, fact, state }: Telling,
  { webhookSender, webhookSecrets, now }: SendTools,
): Promise<Sent> => {
  const at = now();
  const sealed = currentSecrets(webhook.secrets, at.getTime());
  const secrets = await Promise.all(sealed.map(secret => webhookSecrets.open(secret.sealed)));
  const body = webhookBody(fact, webhook, state);
  const answer = await webhookSender.send({ url: webhook.url, id: fact.id, at, secrets, body });
  const { status, error } = answer;
  const latencyMs = Math.max(0, now().getTime() - at.getTime());
  return { answer, attempt: { at: at.toISOString(), status, error, latencyMs } };
};
