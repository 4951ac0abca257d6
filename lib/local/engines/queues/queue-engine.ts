import { buildApp } from 'fauxqs';
import type { EngineOrder } from '../engine-order.ts';
import { freePort } from '../free-port.ts';
import { MessageJournal, type OpenMessages } from './message-journal.ts';
import { type EngineQueue, type EngineQueueStore, holdsVisible } from './queue-internals.ts';

/** Where the engine keeps the class of its store; the package exports only the application around it. */
const loadStore = async (): Promise<EngineQueueStore> => {
  const module = (await import(new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs')).href)) as {
    SqsStore: new () => EngineQueueStore;
  };
  return new module.SqsStore();
};

/**
 * Writes every change of this queue into the journal, within the call that makes it: before anybody is answered. Whoever
 * receives wants to be told again of what comes later.
 */
const journalled = (queue: EngineQueue, journal: MessageJournal, told: Set<string>): EngineQueue => {
  const { enqueue, dequeue, deleteMessage, purge, recordDeduplication } = queue;
  queue.enqueue = message => {
    journal.append({ kind: 'accepted', queue: queue.name, message });
    enqueue.call(queue, message);
  };
  queue.dequeue = (...parameters) => {
    told.delete(queue.name);
    const received = dequeue.apply(queue, parameters);
    if (received.length > 0)
      journal.append({ kind: 'received', messageIds: received.map(({ MessageId }) => MessageId) });
    return received;
  };
  queue.deleteMessage = handle => {
    const message = queue.inflightMessages.get(handle)?.message;
    if (message) journal.append({ kind: 'deleted', messageId: message.messageId });
    return deleteMessage.call(queue, handle);
  };
  queue.purge = () => {
    journal.append({ kind: 'purged', queue: queue.name });
    purge.call(queue);
  };
  queue.recordDeduplication = (deduplicationId, messageId, sequenceNumber) => {
    journal.append({ kind: 'seen', queue: queue.name, deduplicationId, messageId, sequenceNumber, at: Date.now() });
    recordDeduplication.call(queue, deduplicationId, messageId, sequenceNumber);
  };
  return queue;
};

/** Puts what was open when the last run ended back into a queue that has just been created. */
const refill = (queue: EngineQueue, { messages, seen }: OpenMessages): void => {
  for (const entry of seen)
    if (entry.queue === queue.name)
      queue.recordDeduplication(entry.deduplicationId, entry.messageId, entry.sequenceNumber);
  for (const { queue: name, message } of messages.values()) {
    if (name !== queue.name) continue;
    queue.sequenceCounter = Math.max(queue.sequenceCounter, Number(message.sequenceNumber ?? 0));
    queue.enqueue(message);
  }
};

/**
 * Starts SQS on the loopback interface. The engine keeps messages in memory; the journal under `<state>/queues/` keeps
 * them over a kill -9. `arrived` is called with the name of each queue that holds something to receive: after a send,
 * and when a delay or a visibility timeout has passed.
 */
export const startQueues = async (
  order: EngineOrder,
  wantedPort: number,
  arrived: (name: string) => void,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const { journal, open } = MessageJournal.open(order.stateDirectory);
  const store = await loadStore();
  /** Queues whose content was told of, and from which nobody has received since. */
  const told = new Set<string>();
  // Without a host of its own the engine gives queues the address under which it is asked.
  store.host = '';
  const createQueue = store.createQueue.bind(store);
  store.createQueue = (...parameters) => {
    const queue = createQueue(...parameters);
    refill(queue, open);
    return journalled(queue, journal, told);
  };
  const bell = setInterval(() => {
    for (const queue of store.listQueues()) {
      queue.processTimers();
      if (!holdsVisible(queue) || told.has(queue.name)) continue;
      told.add(queue.name);
      arrived(queue.name);
    }
  }, 50);
  const stores = { sqsStore: store } as unknown as NonNullable<Parameters<typeof buildApp>[0]>['stores'];
  const app = buildApp({ logger: false, defaultRegion: order.region, stores });
  const port = await freePort(wantedPort);
  await app.listen({ port, host: '127.0.0.1' });
  const stop = async (): Promise<void> => {
    clearInterval(bell);
    await app.close();
    journal.close();
  };
  return { port, stop };
};
