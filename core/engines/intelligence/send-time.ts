/** Hours of a week, from Monday 00:00. */
export const hoursOfWeek = 168;
const hoursOfDay = 24;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export interface SendTime {
  hour: number;
  weekday: Weekday;
  /** The weight of their own habits, 0 to 1. */
  confidence: number;
  n: number;
}

/** As many events of somebody's own as everybody's habits count for. */
const priorEvents = 20;
/** An event tells something of the hours beside it, too. */
const spread = [0.25, 0.5, 0.25] as const;

const smoothed = (counts: readonly number[]): number[] =>
  counts.map((_, hour) =>
    spread.reduce(
      (sum, share, place) => sum + share * (counts[(hour + place - 1 + hoursOfWeek) % hoursOfWeek] ?? 0),
      0,
    ),
  );

const sharesOf = (counts: readonly number[]): number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map(count => (total > 0 ? count / total : 1 / hoursOfWeek));
};

/** Moves counts of an hour of the week by so many hours: from UTC to somebody's own clocks. */
export const movedBy = (counts: readonly number[], hours: number): number[] =>
  counts.map((_, hour) => counts[(((hour - hours) % hoursOfWeek) + hoursOfWeek) % hoursOfWeek] ?? 0);

/** The best hour by somebody's own counts, drawn towards everybody's; both by the same clocks. */
export const sendTime = (own: readonly number[], everybody: readonly number[]): SendTime => {
  const n = own.reduce((sum, count) => sum + count, 0);
  const prior = smoothed(sharesOf(everybody));
  const shares = smoothed(own).map((count, hour) => (count + priorEvents * (prior[hour] ?? 0)) / (n + priorEvents));
  const best = shares.reduce((top, share, hour) => (share > (shares[top] ?? 0) ? hour : top), 0);
  return {
    hour: best % hoursOfDay,
    weekday: weekdays[Math.floor(best / hoursOfDay)] ?? 'monday',
    confidence: Math.round((100 * n) / (n + priorEvents)) / 100,
    n,
  };
};
