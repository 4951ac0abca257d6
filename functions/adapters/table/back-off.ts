import { setTimeout as sleep } from 'node:timers/promises';

/** How patient the adapter is with an overloaded table or a contended item. */
export interface Patience {
  attemptsMax: number;
  /** Waits before the next attempt; `attempt` counts from 0. */
  pause(attempt: number): Promise<void>;
}

const firstMilliseconds = 25;
const mostMilliseconds = 1_000;

/** Full jitter under a doubling ceiling: about two and a half seconds in all before it gives up. */
export const jitteredPatience: Patience = {
  attemptsMax: 10,
  pause: attempt => sleep(Math.random() * Math.min(mostMilliseconds, firstMilliseconds * 2 ** attempt)),
};

/** Runs `work` again, after a pause, while it fails with what `passes` calls transient; then throws the last error. */
export const withPatience = async <Result>(
  patience: Patience,
  passes: (error: unknown) => boolean,
  work: () => Promise<Result>,
): Promise<Result> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt + 1 >= patience.attemptsMax || !passes(error)) throw error;
      await patience.pause(attempt);
    }
  }
};
