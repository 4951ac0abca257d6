import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../core/contract/api-error.ts';
import { CliError } from '../cli-error.ts';
import { isNetworkFailure } from '../explain-failure.ts';

export interface RetryOptions {
  /** How often a call that failed is made again. */
  retries: number;
  /** Ends the waiting, not a call that runs. */
  stop: AbortSignal;
  /** Told before each wait. */
  onWait?: (failure: unknown, waitMs: number) => void;
  /** The first wait; it doubles each time. */
  firstWaitMs?: number;
}

/** The user ended the import while a call was waiting for its next try. */
export class Stopped extends CliError {}

const transient = new Set([429, 500, 502, 503, 504]);
const waitMsMax = 20_000;

/** A conflict that does not name whom with: someone else writes the same at this moment. */
const isBusy = ({ status, extra }: ApiError): boolean => status === 409 && extra.existingProfileId === undefined;

/** Over the limit of the key: no failure, but a matter of waiting, however often. */
const isLimited = (failure: unknown): boolean =>
  failure instanceof ApiError && failure.status === 429 && failure.retryAfterSeconds !== undefined;

/** Whether the same call may well succeed a little later. */
const mayPass = (failure: unknown): boolean =>
  failure instanceof ApiError
    ? transient.has(failure.status) || isBusy(failure)
    : isNetworkFailure(failure) || (failure instanceof Error && failure.name === 'TimeoutError');

const waitMsOf = (failure: unknown, attempt: number, firstWaitMs: number): number => {
  if (failure instanceof ApiError && failure.retryAfterSeconds !== undefined) return failure.retryAfterSeconds * 1000;
  return Math.min(waitMsMax, firstWaitMs * 2 ** attempt) * (0.5 + Math.random() / 2);
};

const pause = async (waitMs: number, stop: AbortSignal): Promise<void> => {
  try {
    await sleep(waitMs, undefined, { signal: stop });
  } catch (aborted) {
    if (stop.aborted) throw new Stopped('Stopped.');
    throw aborted;
  }
};

/**
 * Makes a call until it succeeds: again after 429, 5xx, a busy conflict and where there was no answer. Waits as long as
 * `Retry-After` says, else longer each time. Waiting for the limit of a key is not counted as a try.
 *
 * @throws what the call threw last, or at once where another try cannot help
 */
export const withRetries = async <Result>(call: () => Promise<Result>, options: RetryOptions): Promise<Result> => {
  const { retries, stop, onWait, firstWaitMs = 250 } = options;
  for (let attempt = 0; ; ) {
    try {
      return await call();
    } catch (failure) {
      if (!isLimited(failure) && (attempt >= retries || !mayPass(failure))) throw failure;
      const waitMs = waitMsOf(failure, attempt, firstWaitMs);
      onWait?.(failure, waitMs);
      await pause(waitMs, stop);
      if (!isLimited(failure)) attempt += 1;
    }
  }
};
