import { setTimeout as pause } from 'node:timers/promises';
import { KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { unavailable } from '../../core/errors.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { EventStream } from '../../core/ports/outlets.ts';
import { envelopes } from './stores/envelope.ts';

const recordsPerCallMax = 500;
const triesMax = 6;

/** Engines on this machine speak HTTP/1.1, the SDK's default client for Kinesis does not. */
export const kinesisClient = (): KinesisClient =>
  new KinesisClient(process.env.AWS_ENDPOINT_URL_KINESIS ? { requestHandler: new NodeHttpHandler() } : {});

/**
 * Puts events into the stream in envelopes, one per bucket. Records that the stream refuses are sent again, alone,
 * with growing pauses.
 */
export const kinesisEventStream = (client: KinesisClient, streamName: string): EventStream => ({
  put: async events => {
    const records = envelopes(events as AcceptedEvent[]).map(({ partitionKey, data }) => ({
      PartitionKey: partitionKey,
      Data: data,
    }));
    for (let start = 0; start < records.length; start += recordsPerCallMax) {
      await putAll(client, streamName, records.slice(start, start + recordsPerCallMax));
    }
  },
});

const putAll = async (client: KinesisClient, streamName: string, records: PutRecordsRequestEntry[]): Promise<void> => {
  let left = records;
  for (let tries = 1; tries <= triesMax; tries += 1) {
    left = await putSome(client, streamName, left);
    if (left.length === 0) return;
    await pause(Math.random() * 50 * 2 ** tries);
  }
  throw unavailable('The event stream');
};

/** Returns the records that were refused. */
const putSome = async (
  client: KinesisClient,
  streamName: string,
  records: PutRecordsRequestEntry[],
): Promise<PutRecordsRequestEntry[]> => {
  const { Records = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: records }));
  return records.filter((_, index) => Records[index]?.ErrorCode !== undefined || Records[index] === undefined);
};
