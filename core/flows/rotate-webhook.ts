import type { Webhook } from '../contract/webhooks.ts';
import { withNewSecret } from '../engines/webhooks/current-secrets.ts';
import { Problem, unprocessable } from '../errors.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { Collection } from '../ports/collection.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import { changeDocument } from './change-document.ts';
import { shownWebhook } from './shown-webhook.ts';

interface Rotation {
  id: string;
  graceSeconds: number;
  /** The receiver’s own; one is made when absent. */
  secret?: string | undefined;
  callerId: string;
  /** Names the secret of a request that comes again. */
  idempotencyKey?: string | undefined;
}

interface RotateTools {
  webhooks: Collection<StoredWebhook>;
  webhookSecrets: WebhookSecrets;
  newSecret: () => string;
  now: () => Date;
}

/**
 * Gives a subscription a new secret, which is in this answer only; the one before it goes on signing for a while.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` @throws Problem `VALIDATION_FAILED` for an earlier secret
 */
export const rotateWebhook = async (rotation: Rotation, tools: RotateTools): Promise<Webhook & { secret: string }> => {
  const { id, callerId, idempotencyKey, graceSeconds } = rotation;
  const purpose = idempotencyKey === undefined ? tools.newSecret() : `rotate ${id} ${callerId} ${idempotencyKey}`;
  const secret = rotation.secret ?? (await tools.webhookSecrets.make(purpose));
  const sealed = await tools.webhookSecrets.seal(secret);
  const before = await tools.webhooks.get(id);
  const known = before ? await placeAmong(before, secret, tools) : -1;
  if (known > 0) throw unprocessable('headers.idempotency-key', 'was used with an earlier rotation');
  const rotated = await changeDocument('Webhook', id, tools.webhooks, webhook => {
    if (known === 0) return webhook;
    if (webhook.rotatedAt !== before?.rotatedAt) throw isRotated(id);
    return { ...webhook, ...rotatedAt(webhook, sealed, graceSeconds, tools.now()) };
  });
  return { ...shownWebhook(rotated), secret };
};

const isRotated = (id: string): Problem =>
  new Problem('CONFLICT', `Webhook ${id} was given another secret at the same moment; try again`);

/** Which of the kept secrets it is, the newest being 0; -1 for none. */
const placeAmong = async ({ secrets }: StoredWebhook, secret: string, { webhookSecrets }: RotateTools) => {
  const opened = await Promise.all(secrets.map(({ sealed }) => webhookSecrets.open(sealed)));
  return opened.indexOf(secret);
};

const rotatedAt = ({ secrets }: StoredWebhook, sealed: string, graceSeconds: number, now: Date) => {
  const until = new Date(now.getTime() + graceSeconds * 1000).toISOString();
  const at = now.toISOString();
  return { secrets: withNewSecret(secrets, sealed, until), rotatedAt: at, updatedAt: at };
};
