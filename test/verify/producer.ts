import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import type { MessageBody, foldSpilledEvents as SpilledMessage } from '../../core/contract/messages.ts';
import { kinesisEventStream } from '../../functions/adapters/kinesis-event-stream.ts';
import { spillInto } from '../../functions/adapters/spill-into.ts';
import { sqsQueue } from '../../functions/adapters/sqs-queue.ts';
import type { Envelope } from '../../functions/adapters/stores/envelope.ts';
import { log } from '../../functions/kit/log.ts';
import { handler as foldSpilledEvents } from '../../functions/queues/fold-spilled-events.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { deliverLane, lanesOf, streamRecords } from '../fixtures/stream-delivery.ts';
import type { Verify } from './run.ts';

const refusedShare = 0.3;
const clients = 20;
const eventsEach = 10;
const people = 100;

/** What AWS has taken, and when it takes nothing. */
interface Cloud {
  taken: Envelope[];
  messages: string[];
  isStreamDown: boolean;
  isQueueDown: boolean;
}

/** Refuses three records in ten; while it is down it answers nothing, or takes what it does not confirm. */
const misbehave = (cloud: Cloud, random: SeededRandom): void => {
  mockClient(KinesisClient)
    .on(PutRecordsCommand)
    .callsFake(({ Records = [] }) => {
      const take = ({ PartitionKey, Data }: (typeof Records)[number]) =>
        void cloud.taken.push({ partitionKey: PartitionKey, data: Data });
      if (cloud.isStreamDown) {
        if (random.chance(0.05)) Records.forEach(take);
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      }
      return {
        Records: Records.map((record: (typeof Records)[number]) => {
          if (random.chance(refusedShare)) return { ErrorCode: 'ProvisionedThroughputExceededException' };
          take(record);
          return { SequenceNumber: String(cloud.taken.length), ShardId: 'shardId-000000000000' };
        }),
      };
    });
  mockClient(SQSClient)
    .on(SendMessageBatchCommand)
    .callsFake(({ Entries = [] }) => {
      if (cloud.isQueueDown) throw Object.assign(new Error('unavailable'), { name: 'ServiceUnavailable' });
      const fate = (Entries as { Id: string; MessageBody: string }[]).map(one => ({
        one,
        no: random.chance(refusedShare),
      }));
      cloud.messages.push(...fate.flatMap(({ one, no }) => (no ? [] : [one.MessageBody])));
      return {
        Successful: fate.flatMap(({ one, no }) => (no ? [] : [{ Id: one.Id }])),
        Failed: fate.flatMap(({ one, no }) => (no ? [{ Id: one.Id, Code: 'InternalError' }] : [])),
      };
    });
};

interface Sent {
  acknowledged: Set<string>;
  unavailable: number;
}

/** Sends batch after batch, each again until it is acknowledged, until told to stop. */
const send = async (platform: Platform, client: number, sent: Sent, goesOn: () => boolean): Promise<void> => {
  for (let batch = 0; goesOn(); batch += 1) {
    const events = Array.from({ length: eventsEach }, (_, n) => ({
      messageId: `message-${client}-${batch}-${n}`,
      type: 'page_view',
      identifiers: [{ type: 'customerId', value: `customer-${(client * eventsEach + batch + n) % people}` }],
    }));
    for (let done = false; !done; ) {
      const answer = await platform.call('trackEvents', { body: { events } });
      done = answer.status === 202 && answer.data.accepted === events.length;
      if (answer.status === 503) sent.unavailable += 1;
      else if (!done) throw new Error(`a batch was answered ${answer.status}`);
      if (!done) await sleep(50);
    }
    for (const { messageId } of events) sent.acknowledged.add(messageId);
    await sleep(20);
  }
};

/** The stream is away for the whole outage, the queue in its middle third as well. */
const live = async (cloud: Cloud, seconds: number): Promise<void> => {
  const third = (seconds * 1000) / 3;
  await sleep(1_000);
  cloud.isStreamDown = true;
  await sleep(third);
  cloud.isQueueDown = true;
  await sleep(third);
  cloud.isQueueDown = false;
  await sleep(third);
  cloud.isStreamDown = false;
  await sleep(1_000);
};

/** Folds everything that AWS has taken, and tells which messages are stored, and how often. */
const storedOf = async ({ services, clock }: Platform, cloud: Cloud): Promise<Map<string, number>> => {
  const delivery = { random: seededRandom(2), recordsMax: 50, lostAnswers: 0.1, inVainMax: 50 };
  await Promise.all(lanesOf(streamRecords(cloud.taken, clock.at)).map(lane => deliverLane(lane, delivery)));
  for (let start = 0; start < cloud.messages.length; start += 10) {
    const Records = cloud.messages.slice(start, start + 10).map((body, index) => ({ messageId: String(index), body }));
    const { batchItemFailures } = await foldSpilledEvents({ Records } as never, lambdaContext);
    if (batchItemFailures.length > 0) throw new Error('a spilled envelope could not be folded');
  }
  const { ids } = await services.profiles.list(1_000);
  const stored = new Map<string, number>();
  for (const state of (await services.profiles.getMany(ids)).values()) {
    for (const { messageId } of await services.profiles.events(state)) {
      stored.set(messageId, (stored.get(messageId) ?? 0) + 1);
    }
  }
  return stored;
};

const openProducer = (cloud: Cloud): Promise<Platform> => {
  misbehave(cloud, seededRandom(1));
  const queue = sqsQueue<MessageBody<typeof SpilledMessage>>(new SQSClient({ region: 'us-east-1' }), 'https://queue');
  const client = new KinesisClient({ region: 'us-east-1' });
  return openPlatform({
    overrides: { events: kinesisEventStream({ client, streamName: 'events', spill: spillInto(queue) }) },
  });
};

/** A stream that refuses three records in ten and goes away, and a queue beside it that does so, too: nothing is lost. */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { outage: { type: 'string', default: '30' } } });
  log.setLogLevel('SILENT');
  const cloud: Cloud = { taken: [], messages: [], isStreamDown: false, isQueueDown: false };
  const platform = await openProducer(cloud);
  const sent: Sent = { acknowledged: new Set(), unavailable: 0 };
  let goesOn = true;
  const sending = Promise.all(Array.from({ length: clients }, (_, n) => send(platform, n, sent, () => goesOn)));
  await live(cloud, Number(values.outage));
  goesOn = false;
  await sending;
  const stored = await storedOf(platform, cloud);
  const lost = [...sent.acknowledged].filter(messageId => !stored.has(messageId)).length;
  const doubled = [...stored.values()].filter(times => times > 1).length;
  const line = [
    `producer: acknowledged − stored = ${lost} of ${sent.acknowledged.size}`,
    `${doubled} stored twice`,
    `${cloud.messages.length} envelopes spilled, ${sent.unavailable} × 503`,
  ].join(', ');
  const wasTested = cloud.messages.length > 0 && sent.unavailable > 0 && sent.acknowledged.size > 0;
  return { line, holds: lost === 0 && doubled === 0 && wasTested };
};
