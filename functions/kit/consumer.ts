import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Message, MessageBody } from '../../core/contract/messages.ts';
import { count, log } from './log.ts';
import { readyServices } from './ready-services.ts';
import type { Services } from './services.ts';

/**
 * What a consumer does with a batch. Returns the messages that failed and shall come again; throws when all did.
 * A message may come twice: the second time must change nothing.
 */
export type RunBatch<M extends Message> = (
  bodies: readonly MessageBody<M>[],
  services: Services,
) => Promise<ReadonlySet<MessageBody<M>> | undefined>;

/** Makes a Lambda handler of a message and a function; reports which messages failed, so that only they come again. */
export const consumer = <const M extends Message>(message: M, run: RunBatch<M>) =>
  middy<SQSEvent, SQSBatchResponse, Error, Context>(async (event: SQSEvent, context: Context) => {
    const batch = new Map(
      event.Records.map((record): [SQSRecord, MessageBody<M> | undefined] => [record, bodyOf(message, record)]),
    );
    let outcome: ReturnType<RunBatch<M>> | undefined;
    const runBatch = async (bodies: readonly MessageBody<M>[]) => run(bodies, await readyServices());
    const settle = async (record: SQSRecord): Promise<void> => {
      const body = batch.get(record);
      if (body === undefined) throw new Error(`message ${record.messageId} is no ${message.id}`);
      outcome ??= runBatch([...batch.values()].flatMap((one): MessageBody<M>[] => (one === undefined ? [] : [one])));
      if ((await outcome)?.has(body)) throw new Error(`message ${record.messageId} is to come again`);
    };
    const processor = new BatchProcessor(EventType.SQS);
    return processPartialResponse(event, settle, processor, { context, throwOnFullBatchFailure: false });
  }).after(({ response }) => {
    const failed = response?.batchItemFailures.length ?? 0;
    if (failed === 0) return;
    log.warn('messages failed', { messageType: message.id, failed });
    count({ MessagesFailed: failed });
  });

/** What does not fit the schema fails and ends in the dead-letter queue, where somebody will look at it. */
const bodyOf = <M extends Message>(message: M, record: SQSRecord): MessageBody<M> | undefined => {
  const parsed = message.schema.safeParse(parseJson(record.body));
  if (parsed.success) return parsed.data as MessageBody<M>;
  log.error('message does not fit', { messageType: message.id, messageId: record.messageId });
  return undefined;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
