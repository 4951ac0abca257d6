import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { Bell } from '../../engines/bell.ts';
import type { Log } from '../../log.ts';
import type { Invocable } from '../../worker/invocation.ts';
import { keepRunning } from '../keep-running.ts';
import { envelopeBytes, eventBytes, payloadBytesMax } from '../payload.ts';
import type { QueueMapping } from '../read-mapping.ts';
import { type QueueRecord, queueRecord } from './queue-record.ts';
import { succeededRecords } from './succeeded-records.ts';

/** What a mapping of a queue works with. */
export interface QueueMappingOptions {
  mapping: QueueMapping;
  client: SQSClient;
  queueUrl: string;
  queueArn: string;
  region: string;
  /** Rings when the queue holds something to receive. */
  bell: Bell;
  invoked: Invocable;
  log: Log;
}

/** The most that SQS answers or deletes at once. */
const callSize = 10;
const longestWaitMilliseconds = 60_000;

interface Batch {
  records: QueueRecord[];
  bytes: number;
}

class QueueMappingRun {
  #options: QueueMappingOptions;
  #signal: AbortSignal;
  #inWork = new Set<Promise<void>>();
  #done = new Bell();
  /** Received, but over the bytes of the last batch: the first of the next one. */
  #left: QueueRecord[] = [];

  constructor(options: QueueMappingOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Receives and hands over, as many batches at once as the mapping allows, until the signal is aborted. */
  async run(): Promise<void> {
    const { mapping, log } = this.#options;
    await keepRunning(mapping.id, () => this.#follow(), log, this.#signal);
    await Promise.all(this.#inWork);
  }

  async #follow(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#waitForLane();
      const { records } = await this.#gather();
      if (records.length > 0) this.#begin(records);
    }
  }

  async #waitForLane(): Promise<void> {
    while (!this.#signal.aborted && this.#inWork.size >= this.#options.mapping.concurrencyMax)
      await this.#done.wait(this.#done.rings, longestWaitMilliseconds, this.#signal);
  }

  /** Fills a batch: until it is full, the window of its first message has passed, or, without one, what is there. */
  async #gather(): Promise<Batch> {
    const { mapping, bell } = this.#options;
    const batch: Batch = { records: [], bytes: envelopeBytes };
    let until = Number.POSITIVE_INFINITY;
    while (!this.#signal.aborted) {
      const seen = bell.rings;
      const received = await this.#receive(mapping.batchSize - batch.records.length);
      if (received.length > 0) until = Math.min(until, Date.now() + mapping.windowMilliseconds);
      const full = this.#add(received, batch);
      if (full || Date.now() >= until) return batch;
      if (received.length === 0)
        await bell.wait(seen, Math.min(until - Date.now(), longestWaitMilliseconds), this.#signal);
    }
    return batch;
  }

  /** Adds what fits; answers whether the batch is full. */
  #add(received: QueueRecord[], batch: Batch): boolean {
    for (const [index, record] of received.entries()) {
      const bytes = eventBytes(record);
      if (batch.records.length > 0 && batch.bytes + bytes > payloadBytesMax) {
        this.#left = received.slice(index);
        return true;
      }
      batch.records.push(record);
      batch.bytes += bytes;
    }
    return batch.records.length >= this.#options.mapping.batchSize;
  }

  async #receive(wanted: number): Promise<QueueRecord[]> {
    if (this.#left.length > 0) return this.#left.splice(0);
    const { client, queueUrl, queueArn, region } = this.#options;
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(wanted, callSize),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        WaitTimeSeconds: 0,
      }),
    );
    return Messages.map(message => queueRecord(message, queueArn, region));
  }

  #begin(records: QueueRecord[]): void {
    const { mapping, log } = this.#options;
    const work = this.#handOver(records)
      .catch((error: unknown) => {
        if (!this.#signal.aborted) log(`${mapping.id}: ${String(error)}`);
      })
      .finally(() => {
        this.#inWork.delete(work);
        this.#done.ring();
      });
    this.#inWork.add(work);
  }

  /** What failed is left alone: the queue shows it again when its visibility timeout has passed. */
  async #handOver(records: QueueRecord[]): Promise<void> {
    const { mapping, invoked, client, queueUrl } = this.#options;
    const result = await invoked.invoke({ Records: records });
    const done = succeededRecords(result, records, mapping.reportsItemFailures);
    for (let start = 0; start < done.length; start += callSize)
      await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: done
            .slice(start, start + callSize)
            .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
        }),
      );
  }
}

/** Runs a mapping of a queue until the signal is aborted and what was in work has come to an end. */
export const runQueueMapping = (options: QueueMappingOptions, signal: AbortSignal): Promise<void> =>
  new QueueMappingRun(options, signal).run();
