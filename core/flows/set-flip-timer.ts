import type { ProfileState } from '../model/profile-state.ts';
import type { FlipTimers } from '../ports/flip-timers.ts';

interface NextFlip {
  /** Epoch ms; absent: time changes nothing. */
  dueAt: number | undefined;
  /** Everything that time may change was asked. */
  areAll: boolean;
}

/**
 * Sets the timer of a profile for when time next changes something. One that runs is never set later: when it goes off
 * somebody looks again, and sets it anew. Tells whether the profile was still as it was read.
 */
export const setFlipTimer = async (
  { id: profileId, head }: ProfileState,
  { dueAt, areAll }: NextFlip,
  { flipTimers, now }: { flipTimers: FlipTimers; now: () => Date },
): Promise<boolean> => {
  const read = await flipTimers.get(profileId);
  const hasGoneOff = read !== undefined && read <= now().getTime();
  const stays = hasGoneOff ? !areAll : (read ?? Number.POSITIVE_INFINITY) <= (dueAt ?? Number.POSITIVE_INFINITY);
  return stays || flipTimers.keep({ profileId, dueAt, profileVersion: head.version }, read);
};
