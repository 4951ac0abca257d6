import { pausesSeconds } from '../engines/activation/retry-schedule.ts';
import { currentSecrets } from '../engines/webhooks/current-secrets.ts';
import { healthAfter } from '../engines/webhooks/health-after.ts';
import { isOverloaded, judgeAnswer, reasonOf } from '../engines/webhooks/judge-answer.ts';
import { nextTry } from '../engines/webhooks/next-try.ts';
import type { Fact } from '../model/fact.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { DeliveryAttempt, WebhookDelivery } from '../model/webhook-delivery.ts';
import type { Collection } from '../ports/collection.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import type { WebhookAnswer, WebhookSender } from '../ports/webhook-sender.ts';
import { changeDocument } from './change-document.ts';
import type { Resting } from './deliver-people.ts';
import { webhookBody } from './webhook-body.ts';

export interface SendTools {
  webhookSender: WebhookSender;
  webhookSecrets: WebhookSecrets;
  now: () => Date;
}

export interface TellWebhookTools extends SendTools {
  webhooks: Collection<StoredWebhook>;
  deliveries: DeliveryStore;
  resting: Resting;
}

/** One receiver, and what it is to be told of. */
export interface Telling {
  webhook: StoredWebhook;
  fact: Fact;
  /** The profile that it is about, as it is now. */
  state: ProfileState | undefined;
}

/** `later`: it is to be looked at again in a moment. */
export type Told = 'delivered' | 'failing' | 'over' | 'later';

/** Longer than a worker may take: whoever has lost the right to send is no longer there to send. */
const leaseSeconds = 90;
const attemptsKept = 12;
const [restSeconds, restSecondsMax] = [30, 300];

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
  const hold = await whyHold(telling, now, tools);
  if (hold) return putAside(hold, deliveryOf(telling, read, now), read, tools);
  const lease = {
    ...deliveryOf(telling, read, now),
    state: 'sending' as const,
    leasedUntil: now + leaseSeconds * 1000,
  };
  if (!(await tools.deliveries.keep(lease, read))) return afterOther(lease, tools);
  const { answer, attempt } = await sendNow(telling, tools);
  return settle(telling, lease, answer, attempt, tools);
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
  const rest = tools.resting.get(placeOf(webhook));
  return rest && rest.until > now ? { state: 'waiting', nextAt: rest.until } : undefined;
};

const placeOf = ({ id, url }: StoredWebhook): string => `webhook ${id} ${url}`;

const putAside = async (
  { why, ...hold }: Hold,
  delivery: WebhookDelivery,
  read: WebhookDelivery | undefined,
  { deliveries }: TellWebhookTools,
): Promise<Told> => {
  const told = why === undefined ? [] : [{ at: delivery.updatedAt, error: why, latencyMs: 0 }];
  const attempts = [...delivery.attempts, ...told].slice(-attemptsKept);
  const aside = { ...delivery, ...hold, attempts, leasedUntil: 0 };
  return (await deliveries.keep(aside, read)) ? 'failing' : afterOther(aside, { deliveries });
};

/** Somebody else was faster: what they send is looked at again, what they put aside has a time of its own. */
const afterOther = async (
  { webhookId, fact }: WebhookDelivery,
  { deliveries }: Pick<TellWebhookTools, 'deliveries'>,
): Promise<Told> => ((await deliveries.get(webhookId, fact.id))?.state === 'sending' ? 'later' : 'over');

/** Sends a message, signed with every secret that is good now, and tells what came of it. */
export const sendNow = async (
  { webhook, fact, state }: Telling,
  { webhookSender, webhookSecrets, now }: SendTools,
): Promise<{ answer: WebhookAnswer; attempt: DeliveryAttempt }> => {
  const at = now();
  const sealed = currentSecrets(webhook.secrets, at.getTime());
  const secrets = await Promise.all(sealed.map(secret => webhookSecrets.open(secret.sealed)));
  const body = webhookBody(fact, webhook, state);
  const answer = await webhookSender.send({ url: webhook.url, id: fact.id, at, secrets, body });
  const { status, error } = answer;
  const latencyMs = Math.max(0, now().getTime() - at.getTime());
  return { answer, attempt: { at: at.toISOString(), status, error, latencyMs } };
};

const settle = async (
  { webhook }: Telling,
  lease: WebhookDelivery,
  answer: WebhookAnswer,
  attempt: DeliveryAttempt,
  tools: TellWebhookTools,
): Promise<Told> => {
  const now = tools.now();
  const verdict = judgeAnswer(answer.status);
  const tries = lease.tries + 1;
  const { retryAfterSeconds } = answer;
  const again = { id: lease.fact.id, tries, retryAfterSeconds, now: now.getTime() };
  const nextAt = verdict === 'failing' ? nextTry(again, pausesSeconds) : undefined;
  const over = verdict === 'taken' ? ('delivered' as const) : ('failed' as const);
  const told: WebhookDelivery = {
    ...lease,
    version: lease.version + 1,
    state: nextAt === undefined ? over : 'waiting',
    tries,
    attempts: [...lease.attempts, attempt].slice(-attemptsKept),
    nextAt,
    leasedUntil: 0,
    updatedAt: now.toISOString(),
  };
  if (verdict !== 'taken' && isOverloaded(answer.status)) rest(webhook, answer, tools);
  await tools.deliveries.keep(told, lease);
  await noteHealth(webhook, { verdict, reason: reasonOf(answer) }, tools);
  return verdict === 'taken' ? 'delivered' : 'failing';
};

/** So that one that makes everybody wait for its time limit holds up the others once, and not with every message. */
const rest = (webhook: StoredWebhook, answer: WebhookAnswer, { resting, now }: TellWebhookTools): void => {
  const seconds = Math.min(Math.max(answer.retryAfterSeconds ?? 0, restSeconds), restSecondsMax);
  resting.set(placeOf(webhook), { until: now().getTime() + seconds * 1000, error: reasonOf(answer) });
};

type Health = Parameters<typeof healthAfter>[1];

/** Most answers change nothing about a subscription, and are not written there. */
const noteHealth = async (
  webhook: StoredWebhook,
  health: Health,
  { webhooks, now }: TellWebhookTools,
): Promise<void> => {
  if (healthAfter(webhook, health, now()) === webhook) return;
  if (!(await webhooks.get(webhook.id))) return;
  await changeDocument('Webhook', webhook.id, webhooks, found => healthAfter(found, health, now()));
};
