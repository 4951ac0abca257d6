import type { SessionEvent } from './session-event.ts';

/** Events of one person that belong together. Times in epoch ms. */
export interface FoldedSession {
  startAt: number;
  lastAt: number;
  device: string | undefined;
  clientSessionId: string | undefined;
  /** In the order in which they happened; never empty. */
  events: SessionEvent[];
  /** What happened meanwhile without the person being there. */
  quiet: SessionEvent[];
}
