import type { deliverWebhook, MessageBody } from '../contract/messages.ts';
import { personIn } from '../model/fact.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { StoredWebhook } from '../model/stored-webhook.ts';
import type { EventBus } from '../ports/event-bus.ts';
import type { Queue } from '../ports/outlets.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { type TellWebhookTools, type Told, tellWebhook } from './tell-webhook.ts';
import { eventBusId } from './tell-webhooks.ts';

type Message = MessageBody<typeof deliverWebhook>;

export interface DeliverWebhooksTools extends TellWebhookTools {
  profiles: ProfileStore;
  eventBus: EventBus;
  queues: { deliverWebhook: Queue<Message> };
}

/** What became of a batch. */
export interface DeliverOutcome {
  delivered: number;
  failing: number;
  /** What the bus has not taken: to come again. */
  failed: ReadonlySet<Message>;
}

/** What is known of everything that a batch is about. */
interface Known {
  webhooks: ReadonlyMap<string, StoredWebhook | undefined>;
  states: ReadonlyMap<string, ProfileState>;
  /** Epoch ms after which nothing more is begun. */
  until: number;
}

const lanes = 20;
/** A receiver may take 15 s, and the worker has 60. */
const beginSeconds = 35;
const comeBackSeconds = 10;

/**
 * Tells receivers of facts. Those of one subject to one receiver are told one after the other, in their order; everything
 * else at once. What was told before is not told again.
 */
export const deliverWebhooks = async (
  messages: readonly Message[],
  tools: DeliverWebhooksTools,
): Promise<DeliverOutcome> => {
  const failed = await putOnBus(messages.filter(isForBus), tools);
  const wanted = messages.filter(message => !isForBus(message));
  const known = await knownOf(wanted, tools);
  const told = await inLanes(chainsOf(wanted), lanes, chain => tellChain(chain, known, tools));
  const count = (what: Told) => told.flat().filter(one => one === what).length;
  return { delivered: count('delivered'), failing: count('failing'), failed };
};

const isForBus = ({ webhookId }: Message): boolean => webhookId === eventBusId;

const putOnBus = async (messages: readonly Message[], { eventBus }: DeliverWebhooksTools): Promise<Set<Message>> => {
  if (messages.length === 0) return new Set();
  const left = new Set((await eventBus.put(messages.map(({ fact }) => fact))).map(({ id }) => id));
  return new Set(messages.filter(({ fact }) => left.has(fact.id)));
};

/** The messages of one receiver and subject, each fact once, in their order. */
const chainsOf = (messages: readonly Message[]): Message[][] => {
  const chains = new Map<string, Map<string, Message>>();
  for (const message of messages) {
    const name = `${message.webhookId} ${message.fact.subject}`;
    const chain = chains.get(name) ?? new Map<string, Message>();
    chains.set(name, chain.set(message.fact.id, message));
  }
  const inOrder = (one: Message, other: Message) =>
    `${one.fact.order} ${one.fact.id}` < `${other.fact.order} ${other.fact.id}` ? -1 : 1;
  return [...chains.values()].map(chain => [...chain.values()].sort(inOrder));
};

const knownOf = async (messages: readonly Message[], tools: DeliverWebhooksTools): Promise<Known> => {
  const ids = [...new Set(messages.map(({ webhookId }) => webhookId))];
  const people = new Set(messages.flatMap(({ fact }) => personIn(fact.id) ?? []));
  const found = await Promise.all(ids.map(async id => [id, await tools.webhooks.get(id)] as const));
  const states = await tools.profiles.getMany([...people]);
  return { webhooks: new Map(found), states, until: tools.now().getTime() + beginSeconds * 1000 };
};

const tellChain = async (chain: readonly Message[], known: Known, tools: DeliverWebhooksTools): Promise<Told[]> => {
  const told: Told[] = [];
  for (const [index, message] of chain.entries()) {
    const outcome = tools.now().getTime() > known.until ? 'later' : await tellOne(message, known, tools);
    told.push(outcome);
    if (outcome !== 'later') continue;
    await tools.queues.deliverWebhook.send(chain.slice(index), comeBackSeconds);
    break;
  }
  return told;
};

/** Nobody waits for it any more where the subscription is gone, or the person: nothing of it is left. */
const tellOne = async ({ webhookId, fact }: Message, known: Known, tools: DeliverWebhooksTools): Promise<Told> => {
  const webhook = known.webhooks.get(webhookId);
  const person = personIn(fact.id);
  const state = person === undefined ? undefined : known.states.get(person);
  const isGone = person !== undefined && (state === undefined || state.head.life === 'erased');
  if (webhook && !isGone) return tellWebhook({ webhook, fact, state }, tools);
  const read = await tools.deliveries.get(webhookId, fact.id);
  if (read) await tools.deliveries.forget(read);
  return 'over';
};
