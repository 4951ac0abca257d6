/** That a destination is left alone for a while, as this process knows. */
export interface Rest {
  /** Epoch ms. */
  until: number;
  error: string;
  /** How often in a row it did not answer. */
  failures?: number;
}

interface Unanswered {
  error: string;
  retryAfterSeconds?: number | undefined;
}

const [restSeconds, restSecondsMax, retryAfterSecondsMax] = [30, 300, 3600];

/**
 * How long a destination is left alone that did not answer once more: twice as long each time, up to five minutes, or as
 * long as it asks. After that one call tries whether it is there again; only an answer ends the row of failures.
 */
export const restAfter = (
  before: Rest | undefined,
  { error, retryAfterSeconds = 0 }: Unanswered,
  now: number,
): Rest => {
  const failures = (before?.failures ?? 0) + 1;
  const own = Math.min(restSeconds * 2 ** (failures - 1), restSecondsMax);
  const seconds = Math.max(own, Math.min(retryAfterSeconds, retryAfterSecondsMax));
  return { until: now + seconds * 1000, error, failures };
};
