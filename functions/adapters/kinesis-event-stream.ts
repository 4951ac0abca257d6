import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { unavailable } from '../../core/errors.ts';
import type { EventStream } from '../../core/ports/outlets.ts';
import { type Envelope, envelopes } from './stores/envelope.ts';
import { jitteredPatience, type Patience } from './table/back-off.ts';
import { withoutLogging } from './without-logging.ts';

const recordsPerCallMax = 500;

/** Engines on this machine speak HTTP/1.1, the SDK's default client for Kinesis does not. */
export const kinesisClient = (): KinesisClient =>
  withoutLogging(
    new KinesisClient(process.env.AWS_ENDPOINT_URL_KINESIS ? { requestHandler: new NodeHttpHandler() } : {}),
  );

/** Takes what the stream refuses. @throws when it refuses, too. */
export type Spill = (envelopes: readonly Envelope[]) => Promise<void>;

interface Outlet {
  client: KinesisClient;
  streamName: string;
  spill: Spill;
  patience?: Patience;
}

/**
 * Puts events into the stream in envelopes, one per bucket. Records that the stream refuses are sent again, alone,
 * with growing pauses; what it still refuses is spilled. Only where that fails, too, is the stream not available.
 */
export const kinesisEventStream = ({ patience = jitteredPatience, ...outlet }: Outlet): EventStream => ({
  put: async (events, batchId) => {
    const all = envelopes(events, batchId);
    const calls: Envelope[][] = [];
    for (let start = 0; start < all.length; start += recordsPerCallMax) {
      calls.push(all.slice(start, start + recordsPerCallMax));
    }
    await Promise.all(calls.map(call => putAll(call, { ...outlet, patience })));
  },
});

const putAll = async (envelopes: Envelope[], outlet: Required<Outlet>): Promise<void> => {
  let left = envelopes;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    const { refused, cause } = await putSome(left, outlet);
    if (refused.length > 0 && attempt + 1 >= outlet.patience.attemptsMax)
      return spillRest(refused, outlet.spill, cause);
    if (refused.length > 0) await outlet.patience.pause(attempt);
    left = refused;
  }
};

const spillRest = async (left: readonly Envelope[], spill: Spill, cause: unknown): Promise<void> => {
  try {
    await spill(left);
  } catch (fault) {
    throw Object.assign(unavailable('The event stream'), { cause: new AggregateError([cause, fault]) });
  }
};

/** The envelopes that were refused, all of them when there was no answer, and why. */
const putSome = async (
  envelopes: Envelope[],
  { client, streamName }: Outlet,
): Promise<{ refused: Envelope[]; cause?: unknown }> => {
  const entries = envelopes.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: data }));
  try {
    const { Records = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: entries }));
    const refused = envelopes.filter((_, index) => Records[index]?.SequenceNumber === undefined);
    return { refused, cause: Records.find(({ ErrorCode }) => ErrorCode)?.ErrorCode };
  } catch (cause) {
    return { refused: envelopes, cause };
  }
};
