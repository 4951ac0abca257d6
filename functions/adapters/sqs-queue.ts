import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, type SQSClient } from '@aws-sdk/client-sqs';
import { unavailable } from '../../core/errors.ts';
import type { Queue } from '../../core/ports/outlets.ts';

const entriesPerCallMax = 10;
const callsAtOnce = 8;
const triesMax = 5;

/** A queue; entries that it refuses are sent again, alone, with growing pauses. */
export const sqsQueue = <Body>(client: SQSClient, queueUrl: string): Queue<Body> => ({
  send: async (bodies, delaySeconds = 0) => {
    const batches: SendMessageBatchRequestEntry[][] = [];
    for (let start = 0; start < bodies.length; start += entriesPerCallMax) {
      batches.push(bodies.slice(start, start + entriesPerCallMax).map(body => entryOf(body, delaySeconds)));
    }
    for (let start = 0; start < batches.length; start += callsAtOnce) {
      await Promise.all(batches.slice(start, start + callsAtOnce).map(batch => sendAll(client, queueUrl, batch)));
    }
  },
});

const entryOf = (body: unknown, delaySeconds: number): SendMessageBatchRequestEntry => ({
  Id: randomUUID(),
  MessageBody: JSON.stringify(body),
  ...(delaySeconds === 0 ? {} : { DelaySeconds: delaySeconds }),
});

const sendAll = async (client: SQSClient, queueUrl: string, entries: SendMessageBatchRequestEntry[]): Promise<void> => {
  let left = entries;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: left }));
    const sent = new Set(Successful.map(entry => entry.Id));
    left = left.filter(entry => !sent.has(entry.Id));
    if (left.length === 0) return;
    await pause(Math.random() * 50 * 2 ** tries);
  }
  throw unavailable('The queue');
};
