import type { EventWarning } from '../engines/events/event-input.ts';
import type { ProblemDetail } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';

/** What became of one event of a request. */
export interface TakenEvent {
  event?: AcceptedEvent | undefined;
  warnings: EventWarning[];
  faults: ProblemDetail[];
  problem?: { code: string; message: string; details: ProblemDetail[] };
}
