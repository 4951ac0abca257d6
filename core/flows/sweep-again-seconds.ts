import { streamConsumers } from '../contract/workers.ts';
import { trustSeconds } from '../ports/profile-store.ts';

const marginSeconds = 5;

/**
 * A profile worker that was under way at an erasure may still put an item until its time is over; so may one that begins
 * while it takes the profile as it was.
 */
export const sweepAgainSeconds =
  Math.max(...streamConsumers.map(({ timeoutSeconds }) => timeoutSeconds)) + trustSeconds + marginSeconds;
