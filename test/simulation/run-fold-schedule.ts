import { followCommits } from '../../core/flows/follow-commits.ts';
import { sweepErased } from '../../core/flows/sweep-erased.ts';
import { ProfileChanged } from '../../core/ports/profile-store.ts';
import type { Item, Table } from '../../core/ports/table.ts';
import { envelopes } from '../../functions/adapters/stores/envelope.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { log } from '../../functions/kit/log.ts';
import { provideServices } from '../../functions/kit/provided-services.ts';
import type { Services } from '../../functions/kit/services.ts';
import { handler } from '../../functions/streams/fold-events.ts';
import { asProcess, type Fault, faults, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { platformServices, type TestClock, testClock } from '../fixtures/platform-services.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns, withPauses } from '../fixtures/seeded-turns.ts';
import { type FindingsOf, findings } from './fold-findings.ts';
import { type FoldSchedule, known, lanes, startedAt } from './fold-schedule.ts';
import { knownProfile } from './known-profile.ts';

const triesInVainMax = 25;
const faultsMax = 40;
/** Zipping takes real time on threads of its own, which is not of the seed; what the lake is told is no matter here. */
const toldAtOnce: Pick<Services['snapshotParts'], 'add'> = { add: async () => undefined };
const turnsBeforeErasureMax = 100;
const pauseTurnsMax = 120;
/** A stream keeps its records for a week; whoever has kept them longer may send them again. */
const deliveryMilliseconds = 2 * 3_600_000;
const redriveMilliseconds = 10 * 86_400_000;

export interface StreamRecord {
  lane: number;
  record: { eventID: string; kinesis: { sequenceNumber: string; data: string; [other: string]: unknown } };
}

export const streamOf = ({ records }: Pick<FoldSchedule, 'records'>): StreamRecord[] =>
  records
    .flatMap(({ lane, events }) => envelopes(events).map(envelope => ({ lane, ...envelope })))
    .map(({ lane, partitionKey, data }, index) => ({
      lane,
      record: {
        eventID: `shardId-000000000000:${index}`,
        kinesis: {
          partitionKey,
          sequenceNumber: String(index),
          data: Buffer.from(data).toString('base64'),
          approximateArrivalTimestamp: startedAt / 1000,
        },
      },
    }));

/** One invocation of the real handler, in a process of its own. Returns the first record that is to come again. */
const invoke = async (batch: StreamRecord[]): Promise<string | undefined> => {
  const { batchItemFailures } = await asProcess(() =>
    handler({ Records: batch.map(({ record }) => record) } as never, lambdaContext),
  );
  return batchItemFailures[0]?.itemIdentifier;
};

/** What is left of a batch after a try: all of it when the function failed. */
const leftOf = async (batch: StreamRecord[]): Promise<StreamRecord[]> => {
  try {
    const failed = await invoke(batch);
    const from = batch.findIndex(({ record }) => record.kinesis.sequenceNumber === failed);
    return from < 0 ? [] : batch.slice(from);
  } catch (fault) {
    if (fault instanceof TableFault) return batch;
    throw fault;
  }
};

/**
 * Delivers the records of one lane in order until all are done. Now and then a batch runs twice at the same time, as
 * when an invocation that was given up goes on, or comes again although it is done.
 */
export const deliverLane = async (stream: StreamRecord[], random: SeededRandom, clock: TestClock): Promise<void> => {
  let left = stream;
  for (let inVain = 0; left.length > 0; ) {
    const batch = left.slice(0, 1 + random.below(4));
    const twice = random.chance(0.15);
    const [open = []] = await Promise.all([leftOf(batch), twice ? leftOf(batch) : []]);
    inVain = open.length < batch.length ? 0 : inVain + 1;
    if (inVain > triesInVainMax) throw new Error(`a lane came no further in ${triesInVainMax} deliveries`);
    const again = random.chance(0.1) ? batch : open;
    left = [...again, ...left.slice(batch.length)];
    clock.advance(random.below(deliveryMilliseconds));
    if (left.length === 0 && random.chance(0.3)) {
      clock.advance(redriveMilliseconds);
      left = redriven(stream, random);
    }
  }
};

/** Long after all was done somebody sends old records again. */
const redriven = (stream: StreamRecord[], random: SeededRandom): StreamRecord[] => {
  const from = random.below(stream.length);
  return stream.slice(from, from + 1 + random.below(6));
};

/** Tries until the table lets it. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof TableFault || fault instanceof ProfileChanged)) throw fault;
    }
  }
};

/**
 * Erases the profile that is to leave, sooner or later, and does what the platform does upon that commit. Returns the
 * sweeps that are to happen when every worker of that time has ended.
 */
const eraseLeaving = async (services: Services, random: SeededRandom): Promise<(() => Promise<unknown>)[]> => {
  const later: (() => Promise<unknown>)[] = [];
  const { profiles } = services;
  for (let turns = random.below(turnsBeforeErasureMax); turns > 0; turns -= 1) {
    await insist(() => services.profiles.ownersOf(['customerId#nobody']));
  }
  const before = await insist(() => profiles.get(known.leaving));
  await insist(async () => {
    const state = await profiles.get(known.leaving);
    if (state?.head.life === 'live') await profiles.erase(state, startedAt);
  });
  const after = await insist(() => profiles.get(known.leaving));
  const commit = {
    kind: 'head' as const,
    profileId: known.leaving,
    sequence: '1',
    before: before?.head,
    after: after?.head,
  };
  const { recipients, seals, lake, queues: outlets } = services;
  const sweeping = { profiles, recipients, seals, lake, queues: outlets, snapshotParts: toldAtOnce };
  const sweepProfile: Services['queues']['sweepProfile'] = {
    send: async (bodies, delaySeconds = 0) => {
      for (const { profileId } of bodies) {
        const sweep = () => insist(() => sweepErased(profileId, sweeping));
        if (delaySeconds > 0) later.push(sweep);
        else await sweep();
      }
    },
  };
  const { realTimeSync } = services.settings;
  const queues = { ...services.queues, sweepProfile };
  await insist(() => followCommits([commit], { ...services, realTimeSync, queues }));
  return later;
};

/** What a schedule runs on. */
export interface FoldParts {
  /** Stands between the stores and the table. */
  around?: (table: Table) => Table;
  /** A table of its own, empty, in place of the one in memory; nothing repeats exactly then. */
  engine?: Engine | undefined;
}

export interface Engine {
  table: Table;
  /** Everything that it holds, by partition and sort key. */
  items(): Promise<ReadonlyMap<string, Item>>;
}

export const inMemory = (): Engine => {
  const items = new Map<string, Item>();
  const table = memoryTable({
    now: () => startedAt,
    onChange: ({ key, newItem }) => {
      if (newItem) items.set(`${key.pk} ${key.sk}`, newItem);
      else items.delete(`${key.pk} ${key.sk}`);
    },
  });
  return { table, items: async () => items };
};

/** What goes wrong with the next operation: a bounded number of faults, so that every schedule ends. */
export const faultsOf = (random: SeededRandom, probability: number): (() => Fault | undefined) => {
  let left = faultsMax;
  return () => {
    if (left === 0 || !random.chance(probability)) return undefined;
    left -= 1;
    return random.pick(faults);
  };
};

/** Runs a schedule to its end and tells what is wrong afterwards. */
export const runFoldSchedule = async (
  schedule: FoldSchedule,
  { around = table => table, engine = inMemory() }: FoldParts = {},
): Promise<FindingsOf> => {
  const random = seededRandom(schedule.seed ^ 0x5eed);
  const table = around(engine.table);
  for (const id of Object.values(known)) await knownProfile(table, id, startedAt);
  const next = faultsOf(random, schedule.faultProbability);
  const turn = seededTurns(random);
  const faulty = faultyTable(table, {
    turn: withPauses(turn, random, { probability: schedule.pauseProbability, turnsMax: pauseTurnsMax }),
    next,
  });
  let attempts = 0;
  const attemptId = () => `attempt-${attempts++}`;
  const profiles = tableProfileStore(faulty, attemptId, () => startedAt);
  const clock = testClock(new Date(startedAt).toISOString());
  log.setLogLevel('SILENT');
  provideServices(platformServices(faulty, clock, { profiles }).services);
  const prompt = faultyTable(table, { turn, next });
  const erasing = platformServices(prompt, clock, { profiles: tableProfileStore(prompt, attemptId, () => startedAt) });
  try {
    const sweeps = await runLanes(streamOf(schedule), random, clock, erasing.services);
    for (const sweep of sweeps) await sweep();
  } finally {
    provideServices(undefined);
  }
  return findings(schedule, table, await engine.items());
};

const runLanes = async (
  stream: StreamRecord[],
  random: SeededRandom,
  clock: TestClock,
  erasing: Services,
): Promise<(() => Promise<unknown>)[]> => {
  const numbers = Array.from({ length: lanes }, (_, lane) => lane);
  const ofLane = (lane: number) => stream.filter(one => one.lane === lane);
  const [erasure, ...ended] = await Promise.allSettled([
    eraseLeaving(erasing, seededRandom(random.below(2 ** 31))),
    ...numbers.map(lane => deliverLane(ofLane(lane), random, clock)),
  ]);
  const stuck = [erasure, ...ended].find(one => one.status === 'rejected');
  if (stuck) throw stuck.reason;
  return erasure.status === 'fulfilled' ? erasure.value : [];
};
