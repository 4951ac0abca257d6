import { fingerprint } from '../../model/fingerprint.ts';

/** Up to a tenth longer, so that what failed together does not come back together. */
const jitterShare = 0.1;
const retryAfterSecondsMax = 86_400;

interface FailedTry {
  /** The delivery’s, from which the jitter is drawn. */
  id: string;
  /** So far, this one included. */
  tries: number;
  retryAfterSeconds?: number | undefined;
  /** Epoch ms. */
  now: number;
}

/**
 * When (epoch ms) something is tried again that was not taken; `undefined`: no more. The receiver may ask for more
 * time, up to a day. `pausesSeconds`: after each try.
 */
export const nextTry = (
  { id, tries, retryAfterSeconds = 0, now }: FailedTry,
  pausesSeconds: readonly number[],
): number | undefined => {
  const pause = pausesSeconds[tries - 1];
  if (pause === undefined) return undefined;
  const jitter = (fingerprint(`${id} ${tries}`) / 2 ** 32) * jitterShare;
  const asked = Math.min(retryAfterSeconds, retryAfterSecondsMax);
  return now + Math.ceil(Math.max(pause * (1 + jitter), asked * (1 + jitter)) * 1000);
};
