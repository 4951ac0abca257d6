import type * as z from 'zod';
import type { NewEvent } from '../../core/contract/events.ts';

/** An event as a client sends it. */
export type SentEvent = Omit<z.input<typeof NewEvent>, 'properties'> & { properties: Record<string, unknown> };

/** Something that happens to somebody, before it gets its message id. */
export interface Happening {
  /** Epoch ms. */
  at: number;
  event: Omit<SentEvent, 'timestamp' | 'messageId'>;
}
