import type { KinesisStreamRecord } from 'aws-lambda';
import { createSegment } from '../../../core/flows/create-segment.ts';
import type { TableChange } from '../../../core/ports/table-change.ts';
import { tableProfileSeals } from '../../../functions/adapters/lake/write/table-profile-seals.ts';
import { memoryObjectStore } from '../../../functions/adapters/objects/memory-object-store.ts';
import { type Envelope, envelopes } from '../../../functions/adapters/stores/envelope.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { handler as rewriteSnapshot } from '../../../functions/jobs/rewrite-snapshot.ts';
import { log } from '../../../functions/kit/log.ts';
import { handler as reevaluateProfile } from '../../../functions/queues/reevaluate-profile.ts';
import { handler as evaluate } from '../../../functions/streams/evaluate.ts';
import { handler as foldEvents } from '../../../functions/streams/fold-events.ts';
import { handler as project } from '../../../functions/streams/project.ts';
import { laneOfKey } from '../../../lib/local/mappings/streams/lane-of-key.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';
import { streamRecords } from '../../fixtures/stream-delivery.ts';
import { countingObjects } from './counting-objects.ts';
import { countingSeals, countingTable } from './counting-table.ts';
import { Ledger } from './ledger.ts';
import { mix, requestMaker } from './mix.ts';

const people = 2_000;
const segments = 10;
const lanes = 2;
const [recordsPerBatch, changesPerBatch, messagesPerBatch] = [1_000, 1_000, 100];
const putUnitBytes = 25 * 1024;
const memoryGigabytes = 0.5;
/** A function waits for the table while this bench does not: so long for each request, of which so many go at once. */
const [requestSeconds, requestsAtOnce] = [0.005, 8];
/** For each object that it reads or writes, one after the other. */
const objectSeconds = 0.03;
/** One line for each window and request, and what Lambda itself logs. */
const logBytesPerInvocation = 600;

export interface Driven {
  ledger: Ledger;
  events: number;
  stored: number;
  /** From the acceptance of an event to its commit, in seconds, at most. */
  freshSecondsMax: number;
}

interface Scene {
  platform: Platform;
  ledger: Ledger;
  changes: TableChange[];
  taken: Envelope[];
  messages: unknown[];
}

const openScene = async (): Promise<Scene> => {
  const scene = { ledger: new Ledger(), taken: [], messages: [] } as unknown as Scene;
  let now = () => Date.now();
  const { table, changes } = countingTable(
    () => scene.ledger,
    () => now(),
  );
  const platform = await openPlatform({
    table,
    overrides: {
      lake: countingObjects(memoryObjectStore(), () => scene.ledger),
      seals: tableProfileSeals(countingSeals(() => scene.ledger)),
      readChanges: records => records as unknown as TableChange[],
      events: {
        put: async (events, batchId) => {
          const own = envelopes(events, batchId);
          scene.taken.push(...own);
          for (const { data } of own) scene.ledger.add('putUnits', Math.ceil(data.length / putUnitBytes));
        },
      },
    },
  });
  now = () => platform.clock.at;
  return Object.assign(scene, { platform, changes });
};

/** Runs a function once, and books its time: what it computed, and what it would have waited. */
const invoke = async (
  scene: Scene,
  run: () => Promise<unknown>,
  book = (seconds: number) => scene.ledger.add('lambdaGigabyteSeconds', seconds * memoryGigabytes),
): Promise<number> => {
  const requests = () => [...scene.ledger.requests.values()].reduce((sum, times) => sum + times, 0);
  const objects = () => scene.ledger.units.objectWrites + scene.ledger.units.objectReads;
  const [before, objectsBefore, started] = [requests(), objects(), performance.now()];
  await run();
  const waited =
    Math.ceil((requests() - before) / requestsAtOnce) * requestSeconds + (objects() - objectsBefore) * objectSeconds;
  const seconds = (performance.now() - started) / 1000 + waited;
  scene.ledger.add('lambdaRequests', 1);
  book(seconds);
  scene.ledger.add('logGigabytes', logBytesPerInvocation / 1e9);
  return seconds;
};

const slices = <Value>(values: readonly Value[], size: number): Value[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, n) => values.slice(n * size, (n + 1) * size));

const foldLane = async (scene: Scene, records: ReturnType<typeof streamRecords>): Promise<number> => {
  let seconds = 0;
  for (const Records of slices(records, recordsPerBatch)) {
    seconds += await invoke(scene, async () => {
      const { batchItemFailures } = await foldEvents(
        { Records: Records as KinesisStreamRecord[] } as never,
        lambdaContext,
      );
      if (batchItemFailures.length > 0) throw new Error('a window could not be folded');
    });
  }
  return seconds;
};

/** Everything that follows from the commits: what may flip, counters, memberships. */
const follow = async (scene: Scene): Promise<void> => {
  const { sent } = scene.platform.outbox;
  while (scene.changes.length > 0 || sent.reevaluateProfile.length > 0) {
    for (const Records of slices(scene.changes.splice(0), changesPerBatch)) {
      await invoke(scene, () => evaluate({ Records } as never, lambdaContext) as Promise<unknown>);
      await invoke(scene, () => project({ Records, shardId: 'shardId-1' } as never, lambdaContext) as Promise<unknown>);
    }
    const messages = sent.reevaluateProfile.splice(0);
    // Ten messages a request to send, to receive and to delete them.
    scene.ledger.add('sqsRequests', 3 * Math.ceil(messages.length / 10));
    for (const some of slices(messages, messagesPerBatch)) {
      const Records = some.map((body, index) => ({ messageId: String(index), body: JSON.stringify(body) }));
      await invoke(scene, () => reevaluateProfile({ Records } as never, lambdaContext) as Promise<unknown>);
    }
  }
};

/**
 * What runs on a clock and brings all that came into files: once for all events, while at this rate it would be once for
 * three times as many, or for thirty-six times.
 */
const file = async (scene: Scene): Promise<void> => {
  for (const [job, gigabytes] of [
    [mergeLake, 2],
    [compactLake, 2],
    [rewriteSnapshot, 3],
  ] as const) {
    const book = (seconds: number) => scene.ledger.add('lambdaQueryGigabyteSeconds', seconds * gigabytes);
    await invoke(scene, () => Promise.resolve(job({} as never, lambdaContext)), book);
  }
};

const accept = async (scene: Scene, events: Record<string, unknown>[]): Promise<void> => {
  scene.ledger.add('httpRequests', 1);
  await invoke(scene, async () => {
    const { status } = await scene.platform.call('trackEvents', { body: { events }, key: scene.platform.keys.write });
    if (status !== 202) throw new Error(`a request was answered ${status}`);
  });
};

const playWindow = async (scene: Scene, requests: Record<string, unknown>[][]): Promise<number> => {
  for (const events of requests) await accept(scene, events);
  const records = streamRecords(scene.taken.splice(0), scene.platform.clock.at);
  const seconds: number[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const own = records.filter(({ kinesis }) => laneOfKey(kinesis.partitionKey, lanes) === lane);
    if (own.length > 0) seconds.push(await foldLane(scene, own));
  }
  await follow(scene);
  return Math.max(0, ...seconds);
};

/** People who are known already, and segments whose thresholds they pass one by one. */
const prepare = async (scene: Scene): Promise<void> => {
  const { services } = scene.platform;
  for (let n = 1; n <= segments; n += 1) {
    const condition = { field: 'computed.purchaseCount', operator: '>=' as const, value: n };
    const rules = { operator: 'AND' as const, conditions: [condition] };
    await createSegment({ name: `Bought ${n} times`, type: 'rule-based', rules }, services);
  }
  for (let first = 0; first < people; first += mix.eventsPerRequest) {
    const events = Array.from({ length: mix.eventsPerRequest }, (_, n) => ({
      type: 'page_view',
      messageId: `first-${first + n}`,
      identifiers: [{ type: 'customerId', value: `customer-${first + n}` }],
      deviceId: `device-${first + n}`,
    }));
    await playWindow(scene, [events]);
  }
};

/** The stated mix through the real handlers, window after window; counted from the moment at which people are known. */
export const drive = async (events: number, windowSeconds: number): Promise<Driven> => {
  log.setLogLevel('SILENT');
  const scene = await openScene();
  await prepare(scene);
  scene.ledger = new Ledger();
  const make = requestMaker(people, windowSeconds);
  const requestsPerWindow = (people * mix.eventsPerProfileSecond * windowSeconds) / mix.eventsPerRequest;
  let [sent, foldSecondsMax] = [0, 0];
  while (sent < events) {
    scene.platform.clock.advance(windowSeconds * 1000);
    const requests = Array.from({ length: requestsPerWindow }, make);
    foldSecondsMax = Math.max(foldSecondsMax, await playWindow(scene, requests));
    sent += requests.length * mix.eventsPerRequest;
    scene.ledger.add('shardHours', windowSeconds / 3600);
  }
  await file(scene);
  const { events: stored } = await scene.platform.services.counters.totals();
  return {
    ledger: scene.ledger,
    events: sent,
    stored: stored - people,
    freshSecondsMax: windowSeconds + foldSecondsMax,
  };
};
