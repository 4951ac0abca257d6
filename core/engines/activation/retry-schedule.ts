/** Why something could not be told, how often that was tried, and when it is tried again. */
export interface Failure {
  attempts: number;
  /** Epoch ms; absent: not by itself any more. */
  nextAt?: number | undefined;
  error: string;
}

const [minute, hour] = [60, 3600];
/** After each try that failed: together a little more than 75 hours, as Standard Webhooks has it. */
export const pausesSeconds: readonly number[] = [
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

interface Try {
  error: string;
  /** False where the destination was not even asked, since it had just failed: that uses up no try. */
  tried: boolean;
  /** The destination will not take it later either. */
  final: boolean;
}

/** The failure that stands after one more. */
export const nextFailure = (before: Failure | undefined, { error, tried, final }: Try, now: number): Failure => {
  const attempts = (before?.attempts ?? 0) + (tried ? 1 : 0);
  const pause = final ? undefined : pausesSeconds[Math.max(attempts, 1) - 1];
  return { attempts, error, ...(pause === undefined ? {} : { nextAt: now + pause * 1000 }) };
};
