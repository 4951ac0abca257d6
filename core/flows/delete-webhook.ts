import { notFound, Problem } from '../errors.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';

interface DeleteWebhookTools {
  webhooks: Collection<StoredWebhook>;
  commitTogether: CommitTogether;
}

/**
 * Removes a subscription. What waits to be tried is dropped when its time comes; what was told is kept until it expires.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const deleteWebhook = async (id: string, tools: DeleteWebhookTools): Promise<void> => {
  const webhook = await tools.webhooks.get(id);
  if (!webhook) throw notFound('Webhook', id);
  try {
    await tools.commitTogether([tools.webhooks.removing(webhook)]);
  } catch (fault) {
    if (!(fault instanceof DocumentChanged)) throw fault;
    throw new Problem('CONFLICT', `Webhook ${id} was changed at the same moment; try again`);
  }
};
