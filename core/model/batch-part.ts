import type { AcceptedEvent } from './accepted-event.ts';

/** Which part of a batch an envelope is. A part keeps its number however often it is sent or delivered. */
export interface BatchPart {
  batchId: string;
  /** Counted from 0. */
  part: number;
}

/** Events as they travel together; `part` is absent where they did not come as a batch. */
export interface OpenedEnvelope {
  events: readonly AcceptedEvent[];
  part?: BatchPart | undefined;
}
