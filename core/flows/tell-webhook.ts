import type { WebhookDelivery } from '../model/webhook-delivery.ts';
import { type SendTools, sendWebhook, type Telling } from './send-webhook.ts';
import { type SettleTools, settleDelivery, withAttempt } from './settle-delivery.ts';
import { restingUntil } from './webhook-rest.ts';

export type TellWebhookTools = SendTools & SettleTools;

/** `later`: it is to be looked at again in a moment. */
export type Told = 'delivered' | 'failing' | 'over' | 'later';

/** Longer than a worker may take: whoever has lost the right to send is no longer there to send. */
const leaseSeconds = 90;

/**
 * Tells one receiver of one fact, once: whoever tells it holds a lease meanwhile. What was told, or is not tried any
 * more, is left alone; a fact waits behind an earlier one of its subject that has not been taken yet.
 */
export const tellWebhook = async (telling: Telling, tools: TellWebhookTools): Promise<Told> => {
  const { webhook, fact } = telling;
  const read = await tools.deliveries.get(webhook.id, fact.id);
  const now = tools.now().getTime();
  if (read?.state === 'delivered' || read?.state === 'failed') return 'over';
  if (read?.state === 'waiting' && (read.nextAt ?? 0) > now) return 'over';
  if (read?.state === 'sending' && read.leasedUntil > now) return 'later';
  const begun = deliveryOf(telling, read, now);
  const hold = await whyHold(telling, now, tools);
  if (hold) return putAside(hold, begun, read, tools);
  const lease = { ...begun, state: 'sending' as const, leasedUntil: now + leaseSeconds * 1000 };
  if (!(await tools.deliveries.keep(lease, read))) return afterOther(lease, tools);
  return settleDelivery(webhook, lease, await sendWebhook(telling, tools), tools);
};

/** The delivery as it is, or as it begins, one version on. */
const deliveryOf = ({ webhook, fact }: Telling, read: WebhookDelivery | undefined, now: number): WebhookDelivery => {
  const at = new Date(now).toISOString();
  const begun = { tries: 0, attempts: [], leasedUntil: 0, version: 0, createdAt: at, state: 'waiting' as const };
  const known = read ?? { ...begun, webhookId: webhook.id, fact };
  return { ...known, version: known.version + 1, updatedAt: at };
};

type Hold = Pick<WebhookDelivery, 'state' | 'nextAt'> & { why?: string };

/** Why a receiver is not asked now: it is switched off, has an earlier fact to take, or did not answer a moment ago. */
const whyHold = async ({ webhook, fact }: Telling, now: number, tools: TellWebhookTools): Promise<Hold | undefined> => {
  if (!webhook.active) return { state: 'failed', nextAt: undefined, why: 'the webhook is off' };
  const ahead = await tools.deliveries.waitingAhead(webhook.id, fact);
  if (ahead !== undefined) return { state: 'waiting', nextAt: Math.max(ahead, now) + 1000 };
  const nextAt = restingUntil(webhook, tools);
  return nextAt === undefined ? undefined : { state: 'waiting', nextAt };
};

const putAside = async (
  { why, ...hold }: Hold,
  delivery: WebhookDelivery,
  read: WebhookDelivery | undefined,
  { deliveries }: Pick<TellWebhookTools, 'deliveries'>,
): Promise<Told> => {
  const { attempts: before, updatedAt: at } = delivery;
  const attempts = why === undefined ? before : withAttempt(before, { at, error: why, latencyMs: 0 });
  const aside = { ...delivery, ...hold, attempts, leasedUntil: 0 };
  return (await deliveries.keep(aside, read)) ? 'failing' : afterOther(aside, { deliveries });
};

/** Somebody else was faster: what they send is looked at again, what they put aside has a time of its own. */
const afterOther = async (
  { webhookId, fact }: WebhookDelivery,
  { deliveries }: Pick<TellWebhookTools, 'deliveries'>,
): Promise<Told> => ((await deliveries.get(webhookId, fact.id))?.state === 'sending' ? 'later' : 'over');
