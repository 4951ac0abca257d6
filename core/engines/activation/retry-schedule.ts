import { fingerprint } from '../../model/fingerprint.ts';

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
  /** What is told of whom; the jitter is drawn from it. Absent: no jitter. */
  about?: string;
  /** How long the destination asks to be left alone. */
  retryAfterSeconds?: number | undefined;
}

/** Up to a tenth longer, so that what failed together does not come back together. */
const jitterShare = 0.1;
const retryAfterSecondsMax = 86_400;

const jitterOf = (about: string | undefined, attempts: number): number =>
  about === undefined ? 0 : (fingerprint(`${about} ${attempts}`) / 2 ** 32) * jitterShare;

/** The failure that stands after one more. */
export const nextFailure = (
  before: Failure | undefined,
  { error, tried, final, about, retryAfterSeconds = 0 }: Try,
  now: number,
): Failure => {
  const attempts = (before?.attempts ?? 0) + (tried ? 1 : 0);
  const pause = final ? undefined : pausesSeconds[Math.max(attempts, 1) - 1];
  if (pause === undefined) return { attempts, error };
  const asked = Math.max(pause, Math.min(retryAfterSeconds, retryAfterSecondsMax));
  return { attempts, error, nextAt: now + Math.ceil(asked * (1 + jitterOf(about, attempts)) * 1000) };
};
