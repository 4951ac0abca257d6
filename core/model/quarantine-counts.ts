/** How many events are kept aside: by day of their receipt (UTC) and reason. */
export type QuarantineCounts = Record<string, Record<string, number>>;

/** The same counts, which may be changed. */
export const copyOf = (counts: QuarantineCounts): QuarantineCounts =>
  Object.fromEntries(Object.entries(counts).map(([day, ofDay]) => [day, { ...ofDay }]));

/** Counts of several places together; one of them may have seen the coming of an event, and another its going. */
export const addQuarantineCounts = (one: QuarantineCounts, other: QuarantineCounts): QuarantineCounts => {
  const sum = copyOf(one);
  for (const [day, ofDay] of Object.entries(other)) {
    const own = sum[day] ?? {};
    for (const [reason, count] of Object.entries(ofDay)) own[reason] = (own[reason] ?? 0) + count;
    sum[day] = own;
  }
  return sum;
};
