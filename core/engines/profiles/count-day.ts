import type { DayCounts } from '../../model/profile-state.ts';

const dayMs = 86_400_000;
/** A head is small: of a day with more types than these the first by name are counted apart, the others together. */
const typesMax = 20;

/** Code units, as every engine sorts them. */
const byName = ([left]: [string, number], [right]: [string, number]): number => (left < right ? -1 : 1);

/**
 * Counts an event at `at` (epoch ms) if it belongs to the newest day of events, in UTC, or begins a newer one. Any order
 * of the same events gives the same counts.
 */
export const countDay = (known: DayCounts | undefined, type: string, at: number): DayCounts => {
  const day = Math.floor(at / dayMs);
  if (known && day < known.day) return known;
  const { types, others }: DayCounts = known?.day === day ? known : { day, types: {}, others: 0 };
  const counted = Object.hasOwn(types, type) ? (types[type] ?? 0) : 0;
  const next = { day, types: { ...types, [type]: counted + 1 }, others };
  return counted > 0 ? next : withinRoom(next);
};

/** A name that is among the first of all is among the first of any part, so none of these was ever let go. */
const withinRoom = (counts: DayCounts): DayCounts => {
  const sorted = Object.entries(counts.types).sort(byName);
  const rest = sorted.slice(typesMax).reduce((sum, [, count]) => sum + count, 0);
  return { ...counts, types: Object.fromEntries(sorted.slice(0, typesMax)), others: counts.others + rest };
};

/** What two people who are one did on the newest day of either. */
export const combineDays = (one: DayCounts | undefined, other: DayCounts | undefined): DayCounts | undefined => {
  if (!one || !other) return one ?? other;
  if (one.day !== other.day) return one.day > other.day ? one : other;
  const types = { ...one.types };
  for (const [type, count] of Object.entries(other.types))
    types[type] = (Object.hasOwn(types, type) ? (types[type] ?? 0) : 0) + count;
  return withinRoom({ day: one.day, types, others: one.others + other.others });
};
