import type { Purge, RetentionCutoffs, RetentionPolicy } from '../../model/retention-policy.ts';

/** When an event came, and when it happened. */
interface DatedEvent {
  receivedAt: string | number;
  timestamp: string | number;
}

const instantOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

const isBefore = (event: DatedEvent, basis: RetentionPolicy['basis'], before: number): boolean =>
  instantOf(basis === 'receivedAt' ? event.receivedAt : event.timestamp) < before;

const wasPurged = (event: DatedEvent, { basis, before, at }: Purge): boolean =>
  isBefore(event, basis, before) && instantOf(event.receivedAt) < at;

/** Whether an event has been kept for as long as it may be, or was removed because it had been. */
export const isOver = (event: DatedEvent, { events: cutoff, purges = [] }: RetentionCutoffs): boolean =>
  (cutoff !== undefined && isBefore(event, cutoff.basis, cutoff.before)) ||
  purges.some(purge => wasPurged(event, purge));
