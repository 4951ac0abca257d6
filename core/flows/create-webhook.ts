import type { Webhook, WebhookBody } from '../contract/webhooks.ts';
import { unprocessable } from '../errors.ts';
import type { Caller } from '../model/caller.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import type { Keyring } from '../ports/outlets.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import type { AddressRefusal } from '../ports/webhook-sender.ts';
import { derivedLetters } from './api-key-secret.ts';
import { shownWebhook } from './shown-webhook.ts';

export interface CreateWebhookTools {
  webhooks: Collection<StoredWebhook>;
  addressRefusal: AddressRefusal;
  webhookSecrets: WebhookSecrets;
  keyring: Keyring;
  newId: (prefix: string) => string;
  newSecret: () => string;
  now: () => Date;
}

interface WebhookContext {
  caller: Caller;
  /** Names the webhook of a request that comes again. */
  idempotencyKey?: string | undefined;
}

const idLength = 26;

/**
 * Makes a subscription; its secret is in this answer only. The same request under the same `Idempotency-Key` gives the
 * same one again: an answer that was stored would keep the secret.
 *
 * @throws Problem `VALIDATION_FAILED` for an address that must not be reached, or a name of another request
 */
export const createWebhook = async (
  body: WebhookBody,
  context: WebhookContext,
  tools: CreateWebhookTools,
): Promise<Webhook & { secret: string }> => {
  await checkAddress(body.url, tools);
  const { id, purpose } = await namesOf(context, tools);
  const secret = body.secret ?? (await tools.webhookSecrets.make(purpose));
  const at = tools.now().toISOString();
  const webhook: StoredWebhook = {
    id,
    version: 1,
    url: body.url,
    description: body.description,
    events: [...new Set(body.events)],
    fields: [...new Set(body.fields)],
    fieldPolicy: context.caller.fieldPolicy,
    active: true,
    secrets: [{ sealed: await tools.webhookSecrets.seal(secret) }],
    createdAt: at,
    updatedAt: at,
  };
  return { ...shownWebhook(await keep(webhook, secret, tools)), secret };
};

/** @throws Problem `VALIDATION_FAILED` */
export const checkAddress = async (
  url: string,
  { addressRefusal }: Pick<CreateWebhookTools, 'addressRefusal'>,
): Promise<void> => {
  const reason = await addressRefusal(url);
  if (reason !== undefined) throw unprocessable('body.url', reason);
};

const namesOf = async (
  { caller, idempotencyKey }: WebhookContext,
  { keyring, newId, newSecret }: CreateWebhookTools,
): Promise<{ id: string; purpose: string }> => {
  if (idempotencyKey === undefined) return { id: newId('webhook'), purpose: newSecret() };
  const purpose = `webhook ${caller.id} ${idempotencyKey}`;
  return { id: `webhook-${await derivedLetters(keyring, `${purpose} id`, idLength)}`, purpose };
};

/** Returns the webhook as it stands: the wanted one, or the same from the first time that the request came. */
const keep = async (
  wanted: StoredWebhook,
  secret: string,
  { webhooks, webhookSecrets }: CreateWebhookTools,
): Promise<StoredWebhook> => {
  try {
    await webhooks.add(wanted);
    return wanted;
  } catch (fault) {
    const found = fault instanceof DocumentChanged ? await webhooks.get(wanted.id) : undefined;
    if (!found) throw fault;
    const current = await webhookSecrets.open(found.secrets[0]?.sealed ?? '');
    if (current === secret && wishOf(found) === wishOf(wanted)) return found;
    throw unprocessable('headers.idempotency-key', 'was used with another request, or the webhook was changed since');
  }
};

const wishOf = ({ url, description, events, fields }: StoredWebhook): string =>
  JSON.stringify([url, description, events, fields]);
