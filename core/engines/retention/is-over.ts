import type { RetentionCutoff } from '../../model/retention-policy.ts';

/** When an event came, and when it happened. */
interface DatedEvent {
  receivedAt: string | number;
  timestamp: string | number;
}

const instantOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** Whether an event has been kept for as long as it may be. */
export const isOver = ({ receivedAt, timestamp }: DatedEvent, cutoff: RetentionCutoff | undefined): boolean =>
  cutoff !== undefined && instantOf(cutoff.basis === 'receivedAt' ? receivedAt : timestamp) < cutoff.before;
