import { ApiError } from '../../core/contract/api-error.ts';
import type { Client } from '../../core/contract/client.ts';
import { isNetworkFailure } from '../explain-failure.ts';
import { showActivity } from './show-progress.ts';
import { type WaitResult, waitForPipeline } from './wait-for-pipeline.ts';

const lastLine = (result: WaitResult, timeoutSeconds: number): string => {
  if (result.state === 'done') return 'The platform has worked everything off.';
  if (result.state === 'stopped') return 'Not waited for: the platform goes on working it off.';
  return `Still being worked off after ${timeoutSeconds} s (${result.busy}). Everything is kept; only reading it is early.`;
};

/** Waits, and shows it, until the platform has worked off what it was sent; where it does not tell, says so. */
export const showWaiting = async (client: Client, timeoutSeconds: number, stop: AbortSignal): Promise<void> => {
  const display = showActivity('Waiting for the platform to work it off …');
  try {
    const onWait = (busy: string): void => display.update(0, `Being worked off: ${busy}`);
    const result = await waitForPipeline(client, { timeoutSeconds, stop, onWait });
    display.end(lastLine(result, timeoutSeconds));
  } catch (failure) {
    if (!(failure instanceof ApiError) && !isNetworkFailure(failure)) throw failure;
    display.end(`Not waited for: the platform does not tell how far it is (${failure.message}).`);
  }
};
