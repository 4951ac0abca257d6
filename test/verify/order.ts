import { parseArgs } from 'node:util';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { Table } from '../../core/ports/table.ts';
import { keys } from '../../functions/adapters/stores/access-patterns.ts';
import { unpackEvents } from '../../functions/adapters/stores/chunk-codec.ts';
import { envelopes } from '../../functions/adapters/stores/envelope.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { log } from '../../functions/kit/log.ts';
import { provideServices } from '../../functions/kit/provided-services.ts';
import { TableFault } from '../fixtures/faulty-table.ts';
import { platformServices, testClock } from '../fixtures/platform-services.ts';
import { someEvent } from '../fixtures/profile-states.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { deliverLane, lanesOf, type StreamRecord, streamRecords } from '../fixtures/stream-delivery.ts';
import type { Verify } from './run.ts';

const users = 200;
const eventsEach = 50;
const lostAnswers = 0.2;
const faultyOperations = 0.02;

const userOf = (n: number) => `user-${n}`;
const eventOf = (user: number, n: number): AcceptedEvent =>
  someEvent({ identifiers: [{ type: 'customerId', value: userOf(user) }], properties: { n } });

/** Everybody does something, again and again; each time is a request of its own. */
const requests = (): AcceptedEvent[][] =>
  Array.from({ length: eventsEach }, (_, n) => Array.from({ length: users }, (_, user) => eventOf(user, n)));

/** Fails as told before an operation; reads and writes alike. */
const failing = (table: Table, fails: (given: unknown[]) => boolean): Table => {
  const check = (given: unknown[]): void => {
    if (fails(given)) throw new TableFault('throttled');
  };
  const checked =
    <Arguments extends unknown[], Result>(operation: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      check(given);
      return operation(...given);
    };
  return Object.fromEntries(
    Object.entries(table).map(([name, operation]) => [name, checked(operation.bind(table))]),
  ) as unknown as Table;
};

interface Scene {
  table: Table;
  lanes: StreamRecord[][];
  random: SeededRandom;
}

const openScene = (seed: number, records: (random: SeededRandom) => StreamRecord[]): Scene => {
  const random = seededRandom(seed);
  const clock = testClock();
  const table = memoryTable({ now: () => clock.at });
  provideServices(
    platformServices(
      failing(table, () => random.chance(faultyOperations)),
      clock,
      {},
    ).services,
  );
  return { table, random, lanes: lanesOf(records(random)) };
};

const inOrder = (): StreamRecord[] =>
  streamRecords(
    requests().flatMap(events => envelopes(events)),
    testClock().at,
  );

const deliver = ({ lanes, random }: Scene): Promise<unknown> =>
  Promise.all(lanes.map(lane => deliverLane(lane, { random, recordsMax: 8, lostAnswers, inVainMax: 200 })));

/** Of each user the places of the events, chunk by chunk in the order in which they were committed. */
const committed = async ({ table }: Scene): Promise<number[][]> => {
  const { services } = platformServices(table, testClock(), {});
  const { ids } = await services.profiles.list(1_000);
  const states = [...(await services.profiles.getMany(ids)).values()];
  return Promise.all(states.map(({ id, head }) => placesIn(table, id, head.lastChunk)));
};

const placesIn = async (table: Table, id: string, lastChunk: string | undefined): Promise<number[]> => {
  const places: number[][] = [];
  for (let name = lastChunk; name !== undefined; ) {
    const chunk = await table.get({ pk: keys.profile(id), sk: name });
    if (!chunk) throw new Error(`${id} has no chunk ${name}`);
    const events = unpackEvents({ dictionary: Number(chunk.d), bytes: chunk.z as Uint8Array });
    places.unshift(events.map(({ properties }) => Number(properties.n)));
    name = chunk.prev as string | undefined;
  }
  return places.flat();
};

/** Events that stand after a later one. */
const outOfOrder = (users: readonly number[][]): number =>
  users.flatMap(places => places.filter((n, at) => at > 0 && n < (places[at - 1] ?? 0))).length;

/** While whatever touches one person fails, every other lane is done at the same time; then that person's, too. */
const othersFlow = async (): Promise<boolean> => {
  const scene = openScene(3, inOrder);
  const claim = JSON.stringify(keys.claim(`customerId#${userOf(0)}`).pk);
  let [isBroken, refusals] = [true, 0];
  const broken = (given: unknown[]): boolean => {
    const fails = isBroken && JSON.stringify(given).includes(claim);
    if (fails) refusals += 1;
    return fails;
  };
  provideServices(platformServices(failing(scene.table, broken), testClock(), {}).services);
  const delivery = { random: scene.random, recordsMax: 8, lostAnswers: 0, inVainMax: 20 };
  const left = await Promise.all(scene.lanes.map(lane => deliverLane(lane, delivery)));
  const stuck = left.filter(lane => lane.length > 0);
  isBroken = false;
  const [held = []] = stuck;
  return refusals >= 20 && stuck.length === 1 && (await deliverLane(held, delivery)).length === 0;
};

/** A stream that mixes up the records of a lane must be noticed. */
const mixedUp = (random: SeededRandom): StreamRecord[] => random.shuffled(inOrder());

/**
 * Two hundred people, each doing fifty things, while a fifth of the worker's answers is lost and operations of the table
 * fail: of nobody a later event is committed before an earlier one.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { seed: { type: 'string', default: '1' } } });
  log.setLogLevel('SILENT');
  const scene = openScene(Number(values.seed), inOrder);
  await deliver(scene);
  const found = await committed(scene);
  const stored = found.flat().length;
  const late = outOfOrder(found);
  const flow = await othersFlow();
  const control = openScene(2, mixedUp);
  await deliver(control);
  const noticed = outOfOrder(await committed(control));
  const line = [
    `order: ${late} out of order in ${found.length} users × ${eventsEach} events`,
    `${stored} of ${users * eventsEach} stored`,
    `others ${flow ? 'kept flowing' : 'were held up'}`,
    `control: a mixed-up stream shows ${noticed}`,
  ].join(', ');
  return { line, holds: late === 0 && stored === users * eventsEach && flow && noticed > 0 };
};
