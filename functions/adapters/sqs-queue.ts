import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { unavailable } from '../../core/errors.ts';
import type { Queue } from '../../core/ports/outlets.ts';
import { jitteredPatience, type Patience } from './table/back-off.ts';

const entriesPerCallMax = 10;
/** All messages of one request together have at most 256 KB. */
const bytesPerCallMax = 256 * 1024;
const callsAtOnce = 8;

/** A queue; entries that it refuses are sent again, alone, with growing pauses. */
export const sqsQueue = <Body>(
  client: SQSClient,
  queueUrl: string,
  patience: Patience = jitteredPatience,
): Queue<Body> => ({
  send: async (bodies, delaySeconds = 0) => {
    const batches = inCalls(bodies.map(body => entryOf(body, delaySeconds)));
    for (let start = 0; start < batches.length; start += callsAtOnce) {
      await Promise.all(
        batches.slice(start, start + callsAtOnce).map(batch => sendAll(client, queueUrl, batch, patience)),
      );
    }
  },
});

const entryOf = (body: unknown, delaySeconds: number): SendMessageBatchRequestEntry => ({
  Id: randomUUID(),
  MessageBody: JSON.stringify(body),
  ...(delaySeconds === 0 ? {} : { DelaySeconds: delaySeconds }),
});

/** As few requests as their limits allow. */
const inCalls = (entries: readonly SendMessageBatchRequestEntry[]): SendMessageBatchRequestEntry[][] => {
  const calls: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const own = Buffer.byteLength(entry.MessageBody ?? '');
    const last = calls.at(-1);
    if (last && last.length < entriesPerCallMax && bytes + own <= bytesPerCallMax) {
      last.push(entry);
      bytes += own;
    } else {
      calls.push([entry]);
      bytes = own;
    }
  }
  return calls;
};

const sendAll = async (
  client: SQSClient,
  queueUrl: string,
  entries: SendMessageBatchRequestEntry[],
  patience: Patience,
): Promise<void> => {
  let left = entries;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    const { refused, cause } = await sendSome(client, queueUrl, left);
    if (refused.length > 0 && attempt + 1 >= patience.attemptsMax)
      throw Object.assign(unavailable('The queue'), { cause });
    if (refused.length > 0) await patience.pause(attempt);
    left = refused;
  }
};

/** The entries that were refused, all of them when there was no answer, and why. */
const sendSome = async (
  client: SQSClient,
  queueUrl: string,
  entries: SendMessageBatchRequestEntry[],
): Promise<{ refused: SendMessageBatchRequestEntry[]; cause?: unknown }> => {
  try {
    const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const sent = new Set(answer.Successful?.map(entry => entry.Id));
    return { refused: entries.filter(entry => !sent.has(entry.Id)), cause: answer.Failed?.[0]?.Code };
  } catch (cause) {
    return { refused: entries, cause };
  }
};
