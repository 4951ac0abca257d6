import {
  addCounts,
  noCounts,
  type SourceActivity,
  type SourceCounts,
  type SourceError,
} from '../../model/source-activity.ts';

/** What one process has seen of a source since it last told. */
export interface Seen {
  counts: SourceCounts;
  /** Epoch ms. */
  at: number;
  error?: SourceError | undefined;
}

const tickMilliseconds = 10_000;
const minuteTicks = 6;
/** One more than a minute has: the one that has just begun is not over. */
const ticksKept = minuteTicks + 1;

const tickOf = (at: number): number => Math.floor(at / tickMilliseconds);

const later = (one: string, other: string): string => (one > other ? one : other);

const laterError = (one: SourceError | undefined, other: SourceError | undefined): SourceError | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  return one.at > other.at ? one : other;
};

const newestTicks = (recent: SourceActivity['recent']): SourceActivity['recent'] => {
  const newest = Math.max(...Object.keys(recent).map(Number));
  return Object.fromEntries(Object.entries(recent).filter(([tick]) => Number(tick) > newest - ticksKept));
};

/** Adds what was seen, of which one may be nothing. */
export const addSeen = (before: Seen | undefined, seen: Seen | undefined): Seen => {
  if (before === undefined || seen === undefined) return before ?? seen ?? { counts: noCounts, at: 0 };
  const error = laterError(before.error, seen.error);
  return {
    counts: addCounts(before.counts, seen.counts),
    at: Math.max(before.at, seen.at),
    ...(error ? { error } : {}),
  };
};

/** Adds what was seen. The order does not matter, but for which seconds are still known. */
export const countActivity = (before: SourceActivity | undefined, id: string, seen: Seen): SourceActivity => {
  const tick = String(tickOf(seen.at));
  const { counts = noCounts, recent = {}, version = 0 } = before ?? {};
  const lastError = laterError(before?.lastError, seen.error);
  return {
    id,
    version: version + 1,
    counts: addCounts(counts, seen.counts),
    lastSeenAt: later(before?.lastSeenAt ?? '', new Date(seen.at).toISOString()),
    ...(lastError ? { lastError } : {}),
    recent: newestTicks({ ...recent, [tick]: addCounts(recent[tick] ?? noCounts, seen.counts) }),
  };
};

/** What came in the minute before `at` (epoch ms), to ten seconds. */
export const countsOfMinute = ({ recent }: Pick<SourceActivity, 'recent'>, at: number): SourceCounts => {
  const since = tickOf(at) - minuteTicks;
  return Object.entries(recent)
    .filter(([tick]) => Number(tick) > since)
    .reduce((sum, [, counts]) => addCounts(sum, counts), noCounts);
};
