/** A message as the SQS engine holds it. */
export interface QueuedMessage {
  messageId: string;
  body: string;
  messageAttributes: Record<string, unknown>;
  sentTimestamp: number;
  approximateReceiveCount: number;
  delayUntil?: number;
  messageGroupId?: string;
  messageDeduplicationId?: string;
  sequenceNumber?: string;
}

/** The parts of a queue of the SQS engine which the journal and the arrival bell hook into. */
export interface EngineQueue {
  name: string;
  messages: QueuedMessage[];
  fifoMessages: Map<string, QueuedMessage[]>;
  fifoLockedGroups: Map<string, number>;
  inflightMessages: Map<string, { message: QueuedMessage }>;
  sequenceCounter: number;
  isFifo(): boolean;
  enqueue(message: QueuedMessage): void;
  dequeue(...parameters: unknown[]): { MessageId: string }[];
  deleteMessage(receiptHandle: string): boolean;
  purge(): void;
  processTimers(): void;
  recordDeduplication(id: string, messageId: string, sequenceNumber?: string): void;
}

/** The store of the SQS engine. */
export interface EngineQueueStore {
  createQueue(...parameters: unknown[]): EngineQueue;
  listQueues(): EngineQueue[];
  host: string;
}

/** Does the queue hold a message that could be received now? */
export const holdsVisible = (queue: EngineQueue): boolean =>
  queue.isFifo()
    ? [...queue.fifoMessages].some(([group, held]) => held.length > 0 && !queue.fifoLockedGroups.has(group))
    : queue.messages.length > 0;
