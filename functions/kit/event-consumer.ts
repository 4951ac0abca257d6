import middy from '@middy/core';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { type AcceptedEvent, isAcceptedEvent } from '../../core/model/accepted-event.ts';
import type { OpenedEnvelope } from '../../core/model/batch-part.ts';
import { heapBytes } from './heap-bytes.ts';
import { log } from './log.ts';
import { readyServices } from './ready-services.ts';
import type { Services } from './services.ts';

/** Folds a window of events; returns those that could not be folded now and shall come again. */
export type RunWindow = (
  events: readonly AcceptedEvent[],
  services: Services,
  /** The same events as they travelled together. */
  envelopes: readonly OpenedEnvelope[],
) => Promise<readonly AcceptedEvent[]>;

/**
 * Makes a Lambda handler of a function over accepted events. Lambda sends everything from the first record with a
 * failed event again; records that cannot be read are kept aside and never hold up others.
 */
export const eventConsumer = (consumerId: string, run: RunWindow) =>
  middy<KinesisStreamEvent, KinesisStreamBatchResponse, Error, Context>(async ({ Records }: KinesisStreamEvent) => {
    const tools = await readyServices();
    for (const opened of inSlices(Records, tools)) {
      const events = opened.flatMap(envelope => envelope.events);
      const failed = new Set(await run(events, tools, opened));
      const firstFailed = opened.find(envelope => envelope.events.some(event => failed.has(event)))?.record;
      if (firstFailed) {
        log.warn('events failed', { consumer: consumerId, failed: failed.size });
        return { batchItemFailures: [{ itemIdentifier: firstFailed.kinesis.sequenceNumber }] };
      }
    }
    await reportProgress(consumerId, Records, tools);
    return { batchItemFailures: [] };
  });

interface OpenedRecord extends OpenedEnvelope {
  record: KinesisStreamRecord;
}

/** About 40,000 usual events, more than a thousand usual records hold. */
const sliceBytesMax = 32 * 1024 * 1024;

/**
 * Opens records as they are needed, as many at once as memory has room for: packed events say little of how large they
 * are, and a batch of those that pack best would be gigabytes.
 */
function* inSlices(records: readonly KinesisStreamRecord[], tools: Services): Generator<OpenedRecord[]> {
  let [slice, bytes]: [OpenedRecord[], number] = [[], 0];
  for (const record of records) {
    const opened = { ...openOrExplain(record, tools), record };
    const more = heapBytes(opened.events);
    if (bytes + more > sliceBytesMax && slice.length > 0) {
      yield slice;
      [slice, bytes] = [[], 0];
    }
    slice.push(opened);
    bytes += more;
  }
  yield slice;
}

const openOrExplain = (record: KinesisStreamRecord, { openEnvelope }: Services): OpenedEnvelope => {
  const data = Buffer.from(record.kinesis.data, 'base64');
  try {
    const { events, ...envelope } = openEnvelope(data);
    const judged = events.map((event: unknown, index) =>
      isAcceptedEvent(event) ? event : keptAside(record, `-${index}`, event),
    );
    return { ...envelope, events: judged };
  } catch {
    log.error('record cannot be read', { sequenceNumber: record.kinesis.sequenceNumber });
    return { events: [keptAside(record, '', record.kinesis.data)] };
  }
};

/** An item has at most 400 KB; records of ours are far smaller. */
const textMax = 100_000;

/** What is no event of ours, in the form of one that is to be kept aside. */
const keptAside = ({ kinesis }: KinesisStreamRecord, part: string, found: unknown): AcceptedEvent => {
  const at = new Date(kinesis.approximateArrivalTimestamp * 1000).toISOString();
  const id = `event-${kinesis.sequenceNumber}${part}`;
  const data = typeof found === 'string' ? found : (JSON.stringify(found) ?? '');
  return {
    id,
    messageId: id,
    type: 'unreadable',
    timestamp: at,
    receivedAt: at,
    identifiers: [],
    properties: { data: data.slice(0, textMax) },
    quarantine: 'envelope_unreadable',
  };
};

/** `shardId-000000000000:4954…` names the shard of a record. */
const reportProgress = async (
  consumerId: string,
  records: readonly KinesisStreamRecord[],
  { progress }: Services,
): Promise<void> => {
  const newest = new Map(records.map(record => [record.eventID.split(':', 1)[0] ?? '', record.kinesis]));
  for (const [shard, { sequenceNumber, approximateArrivalTimestamp }] of newest) {
    await progress.report(consumerId, { shard, sequence: sequenceNumber, at: approximateArrivalTimestamp * 1000 });
  }
};
