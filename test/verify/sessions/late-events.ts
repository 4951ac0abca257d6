import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import type { Told } from './reference.ts';
import { toldByEngine } from './told-by-engine.ts';

const eventOf = (id: string): string => id.replace('session-', 'event-');

/** What must hold of each session that was told before the rest came. */
const faultsOf = (before: Told[], after: Told[]): string[] =>
  before.flatMap(({ id }) => {
    const now = after.find(({ events }) => events.includes(eventOf(id)));
    if (!now) return [`${id} names no session any more`];
    const parts = before.filter(one => one.events.some(event => now.events.includes(event)));
    const oldest = parts.map(one => one.id).sort()[0];
    const whole = parts.every(one => one.events.every(event => now.events.includes(event)));
    return whole && now.id !== oldest ? [`${id} became ${now.id}, although ${oldest} is in it`] : [];
  });

const received = (history: readonly AcceptedEvent[]): AcceptedEvent[] =>
  [...history].sort((left, right) => (left.id < right.id ? -1 : 1));

const cutOf = (history: readonly AcceptedEvent[], random: SeededRandom): number =>
  1 + random.below(Math.max(1, history.length - 1));

/** What is told while events still come: an id that was told goes on naming its session, and keeps its name. */
export const lateFaults = (history: readonly AcceptedEvent[], seed: number): string[] => {
  const random = seededRandom(seed);
  const inReceipt = received(history);
  const [first, second] = [cutOf(history, random), cutOf(history, random)].sort((left, right) => left - right);
  const [early, later, all] = [inReceipt.slice(0, first), inReceipt.slice(0, second), inReceipt].map(toldByEngine);
  return [...faultsOf(early ?? [], later ?? []), ...faultsOf(later ?? [], all ?? [])];
};

/** Sessions do not depend on the order in which events are read. */
export const orderFaults = (history: readonly AcceptedEvent[], seed: number): string[] => {
  const shuffled = seededRandom(seed).shuffled(history);
  const same = JSON.stringify(toldByEngine(shuffled)) === JSON.stringify(toldByEngine(history));
  return same ? [] : ['another order of the same events gives other sessions'];
};
