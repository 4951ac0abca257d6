import type { deliverWebhook, MessageBody } from '../contract/messages.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { Collection } from '../ports/collection.ts';
import type { Commit } from '../ports/commit.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { Queue } from '../ports/outlets.ts';
import { type Cached, cached } from './cached.ts';
import { webhookFacts } from './webhook-facts.ts';

export interface TellTools {
  subscriptions: Cached<readonly StoredWebhook[]>;
  eventBus: EventBus;
  queues: { deliverWebhook: Queue<MessageBody<typeof deliverWebhook>> };
}

/** In the place of a webhook: the bus, which has not taken something. */
export const eventBusId = 'event-bus';

/** How long subscriptions may be remembered where changes are followed: a new one is told of what happens after that. */
const rememberSeconds = 1;

export const rememberedSubscriptions = (
  webhooks: Collection<StoredWebhook>,
  now: () => Date,
): Cached<readonly StoredWebhook[]> => cached(() => webhooks.all(), rememberSeconds, now);

/** Queues what is to be told of committed changes, and puts it on the bus. Writes nothing; may come twice. */
export const tellWebhooks = async (commits: readonly Commit[], tools: TellTools): Promise<void> => {
  const { subscriptions, eventBus, queues } = tools;
  if (commits.some(commit => commit.kind === 'document' && commit.document === 'webhook')) subscriptions.drop();
  const facts = webhookFacts(commits);
  if (facts.length === 0) return;
  const active = (await subscriptions.get()).filter(webhook => webhook.active);
  const told = facts.flatMap(fact =>
    active.filter(({ events }) => events.some(type => type === fact.type)).map(({ id }) => ({ webhookId: id, fact })),
  );
  await queues.deliverWebhook.send(told);
  const left = await eventBus.put(facts);
  await queues.deliverWebhook.send(left.map(fact => ({ webhookId: eventBusId, fact })));
};
