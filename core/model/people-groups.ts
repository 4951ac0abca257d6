/** Which group each person is in, at the place of their number; `leftOut` for who does not count at all. */
export interface PeopleGroups {
  of: Uint8Array;
  /** Groups are numbered from 0 up to this. */
  count: number;
}

export const leftOut = 255;

/** The group of a person; everybody is in the first one where there are none. */
export const groupOf = (groups: PeopleGroups | undefined, person: number): number =>
  groups === undefined ? 0 : (groups.of[person] ?? leftOut);
