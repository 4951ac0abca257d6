import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from '../../../core/ports/webhook-sender.ts';

/** The headers of a message, signed as Standard Webhooks asks with every secret that is good. */
export const signedHeaders = ({ id, at, secrets, body }: WebhookMessage): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
  'user-agent': 'customer-data-platform-webhook/1',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, at, body)).join(' '),
});
