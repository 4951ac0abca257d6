import type { Comparison } from './comparison.ts';

const levels = ['missing', 'different', 'same year', 'same day of the year', 'year alone near', 'one slip', 'exact'];
const [missing, different, sameYear, sameDay, nearYear, oneSlip, exact] = [0, 1, 2, 3, 4, 5, 6];

/** The day that is written where only the year is known. */
const firstOfYear = '0101';

/** How many of the eight digits differ. */
const slips = (one: string, other: string): number => {
  let count = 0;
  for (let place = 0; place < 8; place += 1) if (one.charCodeAt(place) !== other.charCodeAt(place)) count += 1;
  return count;
};

/** Two digits changed about, or day and month. */
const isTransposed = (one: string, other: string): boolean => {
  for (let place = 0; place < 7; place += 1)
    if (one[place] === other[place + 1] && one[place + 1] === other[place] && one[place] !== other[place])
      return one.slice(0, place) === other.slice(0, place) && one.slice(place + 2) === other.slice(place + 2);
  return one.slice(0, 4) === other.slice(0, 4) && one.slice(4) === other.slice(6) + other.slice(4, 6);
};

const levelOf = (one: string, other: string): number => {
  if (one === other) return exact;
  const isYearAlone = one.endsWith(firstOfYear) && other.endsWith(firstOfYear);
  if (slips(one, other) === 1 || isTransposed(one, other)) return isYearAlone ? nearYear : oneSlip;
  if (one.slice(0, 4) === other.slice(0, 4)) return sameYear;
  return !isYearAlone && one.slice(4) === other.slice(4) ? sameDay : different;
};

/** Dates of eight digits: exact, one slip of the pen, the same day of another year, the same year, different. */
export const birthDate = (attribute: string): Comparison => ({
  name: attribute,
  attributes: [attribute],
  ofHousehold: false,
  levels,
  levelOf: (left, right) => {
    const [one, other] = [left[attribute], right[attribute]];
    return one === undefined || other === undefined ? missing : levelOf(one, other);
  },
  termAttributes: levels.map(level => (level === 'exact' ? attribute : undefined)),
  termOf: left => left[attribute] ?? '',
});
