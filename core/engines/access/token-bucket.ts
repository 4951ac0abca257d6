/** A bucket is filled once a minute, evenly; it is kept as the time at which it will be full again. */
const fillMs = 60_000;

/** Rounding must not cost a token that has come back at this very moment. */
const sliver = 1e-6;

/** How many tokens are in a bucket of this size. Times in epoch ms. */
export const tokensIn = (fullAt: number, size: number, now: number): number =>
  Math.floor(((now + fillMs - Math.max(now, fullAt)) * size) / fillMs + sliver);

/** How long it takes until there are that many tokens; 0 when they are there. */
export const waitMs = (fullAt: number, size: number, now: number, tokens: number): number =>
  Math.max(0, Math.ceil(fullAt + (tokens * fillMs) / size - fillMs - now));

export interface Taken {
  /** As many as were wanted, or as many as there were. */
  tokens: number;
  /** How long they take to come back, in whole microseconds: what is added up stays exact. */
  milliseconds: number;
  /** When the bucket will be full again. */
  fullAt: number;
}

const inMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

/** When a bucket that is empty now will be full again, and no rounding can be in the way. */
export const emptyUntil = (now: number): number => now + fillMs + 1;

/**
 * Takes tokens out of a bucket. A bucket whose size has shrunk since, or that comes from a clock that is ahead, is
 * empty at worst.
 *
 * @example takeTokens(0, { size: 1000, wanted: 50, now }) // { tokens: 50, milliseconds: 3000, fullAt: now + 3000 }
 */
export const takeTokens = (
  fullAt: number,
  { size, wanted, now }: { size: number; wanted: number; now: number },
): Taken => {
  const before = Math.min(Math.max(now, fullAt), now + fillMs);
  const tokens = Math.min(wanted, tokensIn(before, size, now));
  const milliseconds = inMicroseconds((tokens * fillMs) / size);
  return { tokens, milliseconds, fullAt: before + milliseconds };
};
