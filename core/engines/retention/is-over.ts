import { type RetentionCutoffs, retentionBases } from '../../model/retention-policy.ts';

/** When an event came, and when it happened. */
interface DatedEvent {
  receivedAt: string | number;
  timestamp: string | number;
}

const instantOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** Whether an event has been kept for as long as it may be, or was taken for one that has before. */
export const isOver = (event: DatedEvent, { events: cutoff, purged = {} }: RetentionCutoffs): boolean =>
  retentionBases.some(basis => {
    const current = cutoff?.basis === basis ? cutoff.before : Number.NEGATIVE_INFINITY;
    const before = Math.max(current, purged[basis] ?? Number.NEGATIVE_INFINITY);
    return instantOf(basis === 'receivedAt' ? event.receivedAt : event.timestamp) < before;
  });
