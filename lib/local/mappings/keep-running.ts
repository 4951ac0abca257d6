import type { Log } from '../log.ts';
import { pause } from '../pause.ts';

const againMilliseconds = 1000;

/** Runs a step until it resolves or the signal is aborted; when it throws, that is logged and it runs again. */
export const keepRunning = async (
  name: string,
  step: () => Promise<void>,
  log: Log,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      return await step();
    } catch (error) {
      if (signal.aborted) return;
      log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      await pause(againMilliseconds, signal);
    }
  }
};
