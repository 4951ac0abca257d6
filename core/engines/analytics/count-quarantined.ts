import { copyOf, type QuarantineCounts } from '../../model/quarantine-counts.ts';

/** One change of an event in the quarantine; `undefined` where it is not in it. */
export interface QuarantineChange {
  day: string;
  before: string | undefined;
  after: string | undefined;
}

/** More days than events are kept aside for. */
const daysKept = 34;

/** Adds changes to the counts. Their order does not matter, since each adds the difference that it made. */
export const countQuarantined = (counts: QuarantineCounts, changes: readonly QuarantineChange[]): QuarantineCounts => {
  const changed = copyOf(counts);
  for (const { day, before, after } of changes) {
    const ofDay = changed[day] ?? {};
    if (before !== undefined) ofDay[before] = (ofDay[before] ?? 0) - 1;
    if (after !== undefined) ofDay[after] = (ofDay[after] ?? 0) + 1;
    changed[day] = ofDay;
  }
  return newestDays(changed);
};

const newestDays = (counts: QuarantineCounts): QuarantineCounts =>
  Object.fromEntries(
    Object.entries(counts)
      .map(([day, ofDay]) => [day, withoutNothing(ofDay)] as const)
      .filter(([, ofDay]) => Object.keys(ofDay).length > 0)
      .sort(([left], [right]) => (left < right ? 1 : -1))
      .slice(0, daysKept),
  );

const withoutNothing = (ofDay: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(ofDay).filter(([, count]) => count !== 0));

/** How many events are kept aside for each reason, of those received on `firstDay` or later. */
export const countsByReason = (counts: QuarantineCounts, firstDay: string): Record<string, number> => {
  const sums = new Map<string, number>();
  for (const [day, ofDay] of Object.entries(counts)) {
    if (day < firstDay) continue;
    for (const [reason, count] of Object.entries(ofDay)) sums.set(reason, (sums.get(reason) ?? 0) + count);
  }
  return Object.fromEntries(
    [...sums].filter(([, count]) => count > 0).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
};
