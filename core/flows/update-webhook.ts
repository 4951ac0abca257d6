import type { Webhook, WebhookPatch } from '../contract/webhooks.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { Collection } from '../ports/collection.ts';
import type { AddressRefusal } from '../ports/webhook-sender.ts';
import { changeDocument } from './change-document.ts';
import { checkAddress } from './create-webhook.ts';
import { checkIfMatch, documentTag } from './if-match.ts';
import { shownWebhook } from './shown-webhook.ts';

interface WebhookUpdate {
  id: string;
  patch: WebhookPatch;
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
  /** What whoever asks for this may read. */
  fieldPolicy: FieldPolicy;
}

interface UpdateWebhookTools {
  webhooks: Collection<StoredWebhook>;
  addressRefusal: AddressRefusal;
  now: () => Date;
}

/**
 * Updates a subscription as it is at that moment.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` @throws Problem `CONFLICT`
 * @throws Problem `PRECONDITION_FAILED`
 */
export const updateWebhook = async (update: WebhookUpdate, tools: UpdateWebhookTools): Promise<Webhook> => {
  const { id, patch, ifMatch } = update;
  if (patch.url !== undefined) await checkAddress(patch.url, tools);
  const updated = await changeDocument('Webhook', id, tools.webhooks, before => {
    checkIfMatch(ifMatch, documentTag(before));
    const after = patched(before, update);
    const isSame = JSON.stringify(after) === JSON.stringify(before);
    return isSame ? before : { ...after, updatedAt: tools.now().toISOString() };
  });
  return shownWebhook(updated);
};

const patched = (before: StoredWebhook, { patch, fieldPolicy }: WebhookUpdate): StoredWebhook => {
  const { url = before.url, description = before.description, active = before.active } = patch;
  const events = patch.events ? [...new Set(patch.events)] : before.events;
  const fields = patch.fields ? [...new Set(patch.fields)] : before.fields;
  const chosen = patch.url !== undefined || patch.fields !== undefined ? { fieldPolicy } : {};
  const revived = active && !before.active ? { disabled: undefined, failingSince: undefined } : {};
  return { ...before, url, description: description ?? undefined, events, fields, active, ...chosen, ...revived };
};
