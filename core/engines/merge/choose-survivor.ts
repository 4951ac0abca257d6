import type { MergeStrategy } from '../../model/merge-record.ts';
import type { PersonRecord, ProfileState } from '../../model/profile-state.ts';

/** How much is known of a person: fields, identifiers and consents that have a value. */
export const completeness = ({ attributes, identifiers, consent }: PersonRecord): number => {
  const { tags, customFields, ...plain } = attributes;
  return (
    Object.keys(plain).length +
    Object.keys(customFields).length +
    (tags.length > 0 ? 1 : 0) +
    identifiers.length +
    Object.keys(consent).length
  );
};

/** When something was last seen or said of a person, epoch ms. */
export const recency = ({ head, person }: ProfileState): number => Math.max(head.counters.lastSeenAt, person.updatedAt);

const worth: Record<MergeStrategy, (state: ProfileState) => number> = {
  most_recent: recency,
  most_complete: ({ person }) => completeness(person),
};

/** The oldest first, the smaller id before the larger. */
export const byAge = (left: ProfileState, right: ProfileState): number =>
  left.head.createdAt - right.head.createdAt || (left.id < right.id ? -1 : 1);

/**
 * Who goes on where nobody was named: the most recent or the most completely known, then the oldest, then the smallest
 * id. The same people give the same survivor in whatever order they come.
 */
export const chooseSurvivor = (states: readonly ProfileState[], strategy: MergeStrategy): ProfileState | undefined =>
  states.toSorted((left, right) => worth[strategy](right) - worth[strategy](left) || byAge(left, right))[0];
