import { randomUUID } from 'node:crypto';
import { startReplay } from '../../../core/flows/start-replay.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { ReplayTally } from '../../../core/model/replay-tally.ts';
import { tableProfileStore } from '../../../functions/adapters/stores/table-profile-store.ts';
import { Loop } from '../../fixtures/run-loop.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { isDerived } from './derived-state.ts';

const people = 12;
const day = 86_400_000;
const types = ['page_view', 'purchase', 'purchase', 'refund', 'identify', 'consent', 'email_unsubscribe'];

/** A platform with a history of some people in its table and its lake. */
export interface ReplayScene {
  loop: Loop;
  events: number;
  /** Replays all that ever happened, folds it in windows of any size, and works off what follows. */
  replay(): Promise<ReplayTally>;
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

/** Hands events over in windows of any size, some of them twice. */
const foldAll = async (loop: Loop, events: readonly AcceptedEvent[], random: SeededRandom): Promise<void> => {
  for (let first = 0; first < events.length; ) {
    const window = events.slice(first, first + 1 + random.below(40));
    await loop.fold(window);
    if (random.chance(0.2)) await loop.fold(window);
    first += window.length;
  }
};

export const openReplayScene = async (seed: number, count: number): Promise<ReplayScene> => {
  const random = seededRandom(seed);
  const stream: AcceptedEvent[] = [];
  const events = { put: async (some: readonly AcceptedEvent[]) => void stream.push(...some) };
  const loop = new Loop({ seed, overrides: () => ({ events }) });
  const rules = { field: 'computed.ltv', operator: '>' as const, value: 300 };
  await loop.segment({ operator: 'AND', conditions: [rules] }, 'Spenders');
  await loop.run();
  const start = loop.clock.at - 10 * day;
  const history = Array.from({ length: count }, (_, n) => someEvent(n, random, start));
  await foldAll(loop, history, random);
  await loop.run();
  return {
    loop,
    events: count,
    replay: async () => {
      const wanted = { from: 0, until: Number.MAX_SAFE_INTEGER, target: 'profiles' as const, dryRun: false };
      const { id } = await startReplay(wanted, loop.services);
      await loop.run();
      await foldAll(loop, stream.splice(0), random);
      await loop.run();
      const job = await loop.services.jobs.get(id);
      if (job?.kind !== 'events.replay' || job.status !== 'completed') throw new Error(`the replay is ${job?.status}`);
      return job.tally;
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
    },
  };
};
