import { ProfileChanged } from '../../core/ports/profile-store.ts';
import type { Item, Table } from '../../core/ports/table.ts';
import { envelopes } from '../../functions/adapters/stores/envelope.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { log } from '../../functions/kit/log.ts';
import { provideServices } from '../../functions/kit/services.ts';
import { handler } from '../../functions/streams/fold-events.ts';
import { asProcess, faults, faultyTable, TableFault } from '../fixtures/faulty-table.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { platformServices, testClock } from '../fixtures/platform-services.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { seededTurns } from '../fixtures/seeded-turns.ts';
import { type FindingsOf, findings } from './fold-findings.ts';
import { type FoldSchedule, known, lanes, startedAt } from './fold-schedule.ts';
import { knownProfile } from './known-profile.ts';

const triesInVainMax = 25;
const faultsMax = 40;

interface StreamRecord {
  lane: number;
  record: { eventID: string; kinesis: { sequenceNumber: string; data: string; [other: string]: unknown } };
}

const streamOf = ({ records }: FoldSchedule): StreamRecord[] =>
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
const deliverLane = async (stream: StreamRecord[], random: SeededRandom): Promise<void> => {
  let left = stream;
  for (let inVain = 0; left.length > 0; ) {
    const batch = left.slice(0, 1 + random.below(4));
    const twice = random.chance(0.15);
    const [open = []] = await Promise.all([leftOf(batch), twice ? leftOf(batch) : []]);
    inVain = open.length < batch.length ? 0 : inVain + 1;
    if (inVain > triesInVainMax) throw new Error(`a lane came no further in ${triesInVainMax} deliveries`);
    const again = random.chance(0.1) ? batch : open;
    left = [...again, ...left.slice(batch.length)];
  }
};

/** Erases the profile that is to leave, as soon as it can. */
const eraseLeaving = async (table: Table): Promise<void> => {
  const profiles = tableProfileStore(table, undefined, () => startedAt);
  for (let left = false; !left; ) {
    try {
      const state = await profiles.get(known.leaving);
      if (state?.head.life === 'live') await profiles.erase(state, startedAt);
      left = true;
    } catch (fault) {
      if (!(fault instanceof TableFault || fault instanceof ProfileChanged)) throw fault;
    }
  }
};

/** Runs a schedule to its end and tells what is wrong afterwards. `weaken` puts a flaw between the stores and the table. */
export const runFoldSchedule = async (
  schedule: FoldSchedule,
  weaken: (table: Table) => Table = table => table,
): Promise<FindingsOf> => {
  const random = seededRandom(schedule.seed ^ 0x5eed);
  const items = new Map<string, Item>();
  const table = weaken(
    memoryTable({
      now: () => startedAt,
      onChange: ({ key, newItem }) => {
        if (newItem) items.set(`${key.pk} ${key.sk}`, newItem);
        else items.delete(`${key.pk} ${key.sk}`);
      },
    }),
  );
  for (const id of Object.values(known)) await knownProfile(table, id, startedAt);
  let faultsLeft = faultsMax;
  const next = () => {
    if (faultsLeft === 0 || !random.chance(schedule.faultProbability)) return undefined;
    faultsLeft -= 1;
    return random.pick(faults);
  };
  const faulty = faultyTable(table, { turn: seededTurns(random), next });
  let attempts = 0;
  const profiles = tableProfileStore(
    faulty,
    () => `attempt-${attempts++}`,
    () => startedAt,
  );
  log.setLogLevel('SILENT');
  provideServices(platformServices(faulty, testClock(new Date(startedAt).toISOString()), { profiles }).services);
  try {
    const stream = streamOf(schedule);
    const ended = await Promise.allSettled([
      ...Array.from({ length: lanes }, (_, lane) =>
        deliverLane(
          stream.filter(one => one.lane === lane),
          random,
        ),
      ),
      eraseLeaving(faulty),
    ]);
    const stuck = ended.find(one => one.status === 'rejected');
    if (stuck) throw stuck.reason;
  } finally {
    provideServices(undefined);
  }
  await tableProfileStore(table).sweep(known.leaving);
  return findings(schedule, table, items);
};
