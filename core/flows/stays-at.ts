import type { Membership, PastStay } from '../ports/membership-store.ts';

/** Was a member at an instant (ISO 8601, UTC). */
export const wasIn = ({ enteredAt, exitedAt }: PastStay, at: string): boolean => enteredAt <= at && at < exitedAt;

/** Since when somebody was in which segments at an instant, from what stands and from what is over. */
export const staysAt = (
  standing: readonly Membership[],
  past: readonly PastStay[],
  at: string,
): Pick<Membership, 'segmentId' | 'enteredAt'>[] => [
  ...standing.filter(({ member, enteredAt }) => member && enteredAt <= at),
  ...past.filter(stay => wasIn(stay, at)),
];

/** An instant as the store has them. */
export const instantText = (at: string): string => new Date(at).toISOString();
