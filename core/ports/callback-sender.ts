import type { WebhookAnswer, WebhookMessage } from './webhook-sender.ts';

/** Sends what became of a request to an address that came with it, signed with the deployment's own key. */
export interface CallbackSender {
  send(message: Omit<WebhookMessage, 'secrets'>): Promise<WebhookAnswer>;
}
