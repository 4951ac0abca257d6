import type { Counters } from '../../model/profile-state.ts';

/** Which types of events came between two states of the counters, where they tell: of the newest day alone. */
export const foldedTypes = (before: Counters | undefined, after: Counters): ReadonlySet<string> | 'unknown' => {
  if (!before) return 'unknown';
  const count = after.events - before.events;
  if (count === 0) return new Set();
  const [was, is] = [before.newestDay, after.newestDay];
  if (count < 0 || !is) return 'unknown';
  const sameDay = was?.day === is.day;
  const counted = Object.entries(is.types).map(([type, all]): [string, number] => [
    type,
    all - (sameDay ? (was.types[type] ?? 0) : 0),
  ]);
  const told = counted.reduce((sum, [, own]) => sum + own, 0);
  return told === count ? new Set(counted.flatMap(([type, own]) => (own > 0 ? [type] : []))) : 'unknown';
};
