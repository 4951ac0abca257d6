import { foldWindow } from '../../core/flows/fold-window.ts';
import { type Reconciliation, reconcileProfile } from '../../core/flows/reconcile-profile.ts';
import { updateProfile } from '../../core/flows/update-profile.ts';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import type { Identifier } from '../../core/model/identifier.ts';
import { matchKey } from '../../core/model/identifier.ts';
import type { ComputedPatch } from '../../core/model/profile.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { memoryTable } from '../../functions/adapters/table/memory-table.ts';
import { identityTools } from '../fixtures/fold-tools.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import { dealOf } from './fold-schedule.ts';

const startedAt = Date.parse('2026-02-15T12:00:00.000Z');
const hour = 3_600_000;
const person: Identifier = { type: 'customerId', value: 'customer-1' };

/** What a history is made of; time goes on with every step. */
type Step = { fold: AcceptedEvent[] } | { set: ComputedPatch };

const types = ['page_view', 'email_open', 'product_view', 'form_submit', 'my own type'] as const;

const eventOf = (random: SeededRandom, number: number, receivedAt: number): AcceptedEvent => ({
  id: `event-${number}`,
  messageId: `message-${number}`,
  ...(random.chance(0.6) ? dealOf(random) : { type: random.pick(types), properties: {} }),
  timestamp: new Date(receivedAt - random.below(80) * hour).toISOString(),
  receivedAt: new Date(receivedAt).toISOString(),
  identifiers: [person],
});

const setByHand = (random: SeededRandom): ComputedPatch => {
  const all: ComputedPatch = {
    ltv: String(random.below(100_000) / 1000),
    aov: String(random.below(1000) / 100),
    purchaseCount: random.below(20),
    firstSeenDate: '2026-02-13T00:00:00Z',
    lastSeenDate: '2026-02-14T00:00:00Z',
    lastPurchaseDate: '2026-02-14T12:00:00Z',
    churnRisk: random.below(100),
  };
  const some = Object.entries(all).filter(() => random.chance(0.5));
  return Object.fromEntries(some) as ComputedPatch;
};

/**
 * Events are received as time goes on, and folded now or any number of steps later, some of them twice; in between
 * values are set by hand.
 */
const stepsOf = (random: SeededRandom): { at: number; step: Step }[] => {
  const steps: { at: number; step: Step }[] = [];
  let waiting: AcceptedEvent[] = [];
  const count = 5 + random.below(random.chance(0.1) ? 60 : 15);
  for (let number = 0; number < count; number += 1) {
    const at = startedAt + number * 10;
    const received = Array.from({ length: random.below(8) }, (_, index) => eventOf(random, number * 10 + index, at));
    const [now, later] = [[] as AcceptedEvent[], [] as AcceptedEvent[]];
    for (const event of random.shuffled([...waiting, ...received])) (random.chance(0.6) ? now : later).push(event);
    waiting = [...later, ...now.filter(() => random.chance(0.1))];
    if (random.chance(0.25)) steps.push({ at: at + 5, step: { set: setByHand(random) } });
    steps.push({ at: at + 6, step: { fold: now } });
  }
  return [...steps, { at: startedAt + count * 10, step: { fold: waiting } }];
};

/** Runs the history of a seed through the real fold, and reconciles what it left behind. */
export const runHistory = async (seed: number): Promise<Reconciliation | undefined> => {
  const random = seededRandom(seed);
  const clock = { at: startedAt };
  const now = () => new Date(clock.at);
  const profiles = tableProfileStore(memoryTable({ now: () => clock.at }), undefined, () => clock.at);
  const tools = {
    profiles,
    accountCurrency: 'USD',
    now,
    newId: () => 'profile-1',
    ...identityTools(),
    quarantine: { add: async () => {} },
  };
  for (const { at, step } of stepsOf(random)) {
    clock.at = at;
    if ('fold' in step) {
      await foldWindow(step.fold, tools);
      continue;
    }
    const id = (await profiles.ownersOf([matchKey(person)])).get(matchKey(person));
    const edit = () => ({ attributes: {}, identifiers: [], computed: step.set });
    if (id !== undefined) await updateProfile({ id, edit, requestId: `request-${at}` }, tools);
  }
  const id = (await profiles.ownersOf([matchKey(person)])).get(matchKey(person));
  return id === undefined ? undefined : reconcileProfile(id, tools);
};
