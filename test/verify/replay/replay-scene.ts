import { randomUUID } from 'node:crypto';
import { startReplay } from '../../../core/flows/start-replay.ts';
import type { ReplayJob } from '../../../core/flows/stored-job.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { ReplayTally } from '../../../core/model/replay-tally.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { handler as compactLake } from '../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../functions/jobs/merge-lake.ts';
import { lambdaContext } from '../../fixtures/lambda-context.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { isDerived } from './derived-state.ts';
import { type ReplayParts, soundParts } from './replay-controls.ts';

const people = 12;
/** How likely a request to the table, or to the event stream, ends whoever sends it: before it is done, or after. */
const probabilities = [0.0005, 0.002, 0.01];
/** So many ends at most in one replay, so that it comes to its own. */
const faultsMax = 8;
const roundsMax = 50;
const day = 86_400_000;
const types = ['page_view', 'purchase', 'purchase', 'refund', 'identify', 'consent', 'email_unsubscribe'];

/** A platform with a history of some people in its table and its lake. */
export interface ReplayScene {
  loop: Loop;
  events: number;
  /**
   * Replays all that ever happened, folds it in windows of any size, and works off what follows; whoever works on that
   * ends now and then, and what it was at comes again.
   */
  replay(): Promise<ReplayTally>;
  /** How many times somebody ended so far. */
  faults(): number;
  /** Takes everything away that follows from events, as if the table had been lost. */
  lose(): Promise<void>;
}

const someEvent = (n: number, random: SeededRandom, start: number): AcceptedEvent => {
  const person = `c${random.below(people)}`;
  const type = random.pick(types);
  const receivedAt = new Date(start + n * 1000).toISOString();
  const late = random.chance(0.2) ? random.below(30) * day : 0;
  const orderId = `order-${person}-${random.below(6)}`;
  return {
    id: `event-${String(n).padStart(26, '0')}`,
    messageId: `message-${n}`,
    type,
    timestamp: new Date(start + n * 1000 - late).toISOString(),
    receivedAt,
    identifiers: [
      { type: 'customerId', value: person },
      ...(random.chance(0.3) ? [{ type: 'deviceId' as const, value: `device-${person}-${random.below(3)}` }] : []),
    ],
    properties:
      type === 'purchase' ? { orderId, amount: `${random.below(200)}.5` } : type === 'refund' ? { orderId } : {},
    ...(type === 'identify' ? { traits: { city: `city ${random.below(9)}`, email: `${person}@example.com` } } : {}),
    ...(type === 'consent' ? { consent: { email: random.chance(0.5), sms: random.chance(0.5) } } : {}),
  };
};

/** Ends whoever sends a request, now and then, during some work. */
class Faults {
  count = 0;
  #left = 0;
  #probability = 0;
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  async during(work: () => Promise<void>): Promise<void> {
    this.#left = faultsMax;
    this.#probability = this.#random.pick(probabilities);
    await work();
    this.#left = 0;
  }

  strike(): void {
    if (this.#left === 0 || !this.#random.chance(this.#probability)) return;
    this.#left -= 1;
    this.count += 1;
    throw new ProcessEnded('the process ended');
  }
}

class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

/** Folds a window; one whose worker ends comes again. */
const foldOnce = async (loop: Loop, window: readonly AcceptedEvent[], faults: Faults): Promise<void> => {
  for (let round = 0; round < roundsMax; round += 1) {
    const before = faults.count;
    try {
      return await loop.fold(window);
    } catch (fault) {
      if (faults.count === before) throw fault;
    }
  }
  throw new Error('a window was never folded');
};

/** Hands events over in windows of any size, some of them twice. */
const foldAll = async (loop: Loop, events: readonly AcceptedEvent[], random: SeededRandom, faults: Faults) => {
  for (let first = 0; first < events.length; ) {
    const window = events.slice(first, first + 1 + random.below(40));
    await foldOnce(loop, window, faults);
    if (random.chance(0.2)) await foldOnce(loop, window, faults);
    first += window.length;
  }
};

/** Works until nothing is left, with what was given up begun again as an operator does. */
const runAll = async (loop: Loop): Promise<void> => {
  await loop.run();
  while (loop.messages.deadLetters.length > 0) {
    loop.messages.redrive();
    await loop.run();
  }
};

const replayJobIn = async (loop: Loop, id: string): Promise<ReplayJob> => {
  const job = await loop.services.jobs.get(id);
  if (job?.kind !== 'events.replay' || job.status !== 'completed') throw new Error(`the replay is ${job?.status}`);
  return job;
};

/** A loop whose replays rely on these parts, and whose event stream may refuse. */
const openLoop = (seed: number, stream: AcceptedEvent[], parts: ReplayParts, faults: Faults): Loop => {
  const events = {
    put: async (some: readonly AcceptedEvent[]) => {
      faults.strike();
      stream.push(...some.map(parts.event));
      faults.strike();
    },
  };
  const hooks = { before: () => faults.strike(), after: () => faults.strike() };
  const overrides = (services: Loop['services']) => ({ events, archive: parts.archive(services.archive) });
  return new Loop({ seed, hooks, overrides });
};

/** Brings what was committed into the files of its days. */
const fileAll = async (loop: Loop): Promise<void> => {
  loop.clock.advance(10 * 60_000);
  await mergeLake({} as never, lambdaContext);
  await compactLake({} as never, lambdaContext);
};

export const openReplayScene = async (
  seed: number,
  count: number,
  weakened: Partial<ReplayParts> = {},
): Promise<ReplayScene> => {
  const parts = { ...soundParts, ...weakened };
  const random = seededRandom(seed);
  const faults = new Faults(seededRandom(seed + 1_000_000));
  const stream: AcceptedEvent[] = [];
  const loop = openLoop(seed, stream, parts, faults);
  const rules = { field: 'computed.ltv', operator: '>' as const, value: 300 };
  await loop.segment({ operator: 'AND', conditions: [rules] }, 'Spenders');
  await loop.run();
  const start = loop.clock.at - 10 * day;
  const history = Array.from({ length: count }, (_, n) => someEvent(n, random, start));
  const filed = Math.floor(count * 0.6);
  await foldAll(loop, history.slice(0, filed), random, faults);
  await loop.run();
  await fileAll(loop);
  await foldAll(loop, history.slice(filed), random, faults);
  await loop.run();
  const weaken = () => Object.assign(loop.services.profiles, parts.profiles({ ...loop.services.profiles }));
  weaken();
  return {
    loop,
    events: count,
    faults: () => faults.count,
    replay: async () => {
      const wanted = { from: 0, until: Number.MAX_SAFE_INTEGER, target: 'profiles' as const, dryRun: false };
      const { id } = await startReplay(wanted, loop.services);
      await faults.during(async () => {
        await runAll(loop);
        await foldAll(loop, stream.splice(0), random, faults);
        await runAll(loop);
      });
      return (await replayJobIn(loop, id)).tally;
    },
    lose: async () => {
      const lost = loop.contents().filter(isDerived);
      await loop.table.writeMany(lost.map(({ pk, sk }) => ({ kind: 'delete', key: { pk, sk } })));
      loop.skipChanges();
      // Whoever works on has not seen what was there.
      Object.assign(
        loop.services.profiles,
        tableProfileStore(loop.table, randomUUID, () => loop.clock.at),
      );
      weaken();
    },
  };
};
