import type { AcceptedEvent } from '../model/accepted-event.ts';

/** The stream that accepted events travel through. */
export interface EventStream {
  /**
   * Returns when every event is durable, in the stream or in the queue that stands in for it. `batchId`: what became of
   * them shall be told under this name. @throws Problem `UNAVAILABLE` when some could not be made so.
   */
  put(events: readonly AcceptedEvent[], batchId?: string): Promise<void>;
}

/** A queue of one kind of message. */
export interface Queue<Body> {
  /** Returns when every message is durable. `delaySeconds` ≤ 900. */
  send(bodies: readonly Body[], delaySeconds?: number): Promise<void>;
}

/** Keys derived from the deployment's one secret. */
export interface Keyring {
  /** A 32-byte key for a purpose; the same for ever. */
  derive(purpose: string): Promise<Uint8Array>;
}
