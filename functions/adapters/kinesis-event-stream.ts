import { KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { unavailable } from '../../core/errors.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { EventStream } from '../../core/ports/outlets.ts';
import { envelopes } from './stores/envelope.ts';
import { jitteredPatience, type Patience } from './table/back-off.ts';

const recordsPerCallMax = 500;

/** Engines on this machine speak HTTP/1.1, the SDK's default client for Kinesis does not. */
export const kinesisClient = (): KinesisClient =>
  new KinesisClient(process.env.AWS_ENDPOINT_URL_KINESIS ? { requestHandler: new NodeHttpHandler() } : {});

/**
 * Puts events into the stream in envelopes, one per bucket. Records that the stream refuses are sent again, alone,
 * with growing pauses.
 */
export const kinesisEventStream = (
  client: KinesisClient,
  streamName: string,
  patience: Patience = jitteredPatience,
): EventStream => ({
  put: async events => {
    const records = envelopes(events as AcceptedEvent[]).map(({ partitionKey, data }) => ({
      PartitionKey: partitionKey,
      Data: data,
    }));
    for (let start = 0; start < records.length; start += recordsPerCallMax) {
      await putAll(client, streamName, records.slice(start, start + recordsPerCallMax), patience);
    }
  },
});

const putAll = async (
  client: KinesisClient,
  streamName: string,
  records: PutRecordsRequestEntry[],
  patience: Patience,
): Promise<void> => {
  let left = records;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    const { refused, cause } = await putSome(client, streamName, left);
    if (refused.length > 0 && attempt + 1 >= patience.attemptsMax)
      throw Object.assign(unavailable('The event stream'), { cause });
    if (refused.length > 0) await patience.pause(attempt);
    left = refused;
  }
};

/** The records that were refused, all of them when there was no answer, and why. */
const putSome = async (
  client: KinesisClient,
  streamName: string,
  records: PutRecordsRequestEntry[],
): Promise<{ refused: PutRecordsRequestEntry[]; cause?: unknown }> => {
  try {
    const { Records = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: records }));
    const refused = records.filter((_, index) => Records[index]?.SequenceNumber === undefined);
    return { refused, cause: Records.find(({ ErrorCode }) => ErrorCode)?.ErrorCode };
  } catch (cause) {
    return { refused: records, cause };
  }
};
