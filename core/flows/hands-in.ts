import { unprocessable } from '../errors.ts';
import type { Condition } from '../language/condition.ts';
import { dependenciesOf } from '../language/dependencies.ts';
import type { Hand } from '../language/sql/hands-sql.ts';
import type { MembershipStore } from '../ports/membership-store.ts';

/** More would not fit into a question. */
const handsMax = 20_000;

/** Whoever was put by hand into the segments that a condition names. @throws Problem `VALIDATION_FAILED` for too many */
export const handsIn = async (
  condition: Condition,
  path: string,
  { memberships }: { memberships: Pick<MembershipStore, 'enteredBetween'> },
): Promise<Hand[]> => {
  const hands: Hand[] = [];
  for (const segmentId of dependenciesOf(condition).segments) {
    for (const { profileId } of await memberships.enteredBetween(segmentId))
      hands.push({ profile_id: profileId, segment_id: segmentId });
    if (hands.length > handsMax)
      throw unprocessable(path, `names segments into which more than ${handsMax} people were put by hand`);
  }
  return hands;
};

/** The events that must be read to ask a condition as of now (epoch ms); `undefined` where none are. */
export const eventsIn = (condition: Condition, now: number): { types: string[]; from: number } | undefined => {
  const { events, eventsBackMs } = dependenciesOf(condition);
  return events.size === 0 ? undefined : { types: [...events], from: Math.max(0, now - eventsBackMs) };
};
