/** What became of an event that is not kept. */
export type DroppedEvent = { eventId: string } & (
  | {
      fate: 'duplicate';
      /** The event that brought the message before. */
      duplicateOf: string;
    }
  | { fate: 'refused'; reason: 'erased' }
);

/** What is known of events that were dropped, by their ids alone; for as long as batches are reported. */
export interface DroppedEvents {
  /** Keeps what a window has dropped; telling it again changes nothing. */
  report(dropped: readonly DroppedEvent[]): Promise<void>;
  find(eventId: string): Promise<DroppedEvent | undefined>;
}
