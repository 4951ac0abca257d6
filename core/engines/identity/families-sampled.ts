/** How many people have a family name that begins so. */
export interface Initial {
  initial: string;
  people: number;
}

/**
 * Initials whose people are at most so many together, rare ones first, so that as many different names as can be are
 * among them; the most frequent one alone where it is the only one.
 *
 * @example areaOfFamilies([{ initial: 'a', people: 9 }, { initial: 'b', people: 2 }], 10) // ['b']
 */
export const areaOfFamilies = (initials: readonly Initial[], peopleMax: number): string[] => {
  const rareFirst = [...initials].sort(
    (one, other) => one.people - other.people || (one.initial < other.initial ? -1 : 1),
  );
  const chosen: string[] = [];
  let people = 0;
  for (const one of rareFirst) {
    if (people + one.people > peopleMax && chosen.length > 0) break;
    chosen.push(one.initial);
    people += one.people;
  }
  return chosen;
};
