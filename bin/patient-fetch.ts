import { setTimeout as sleep } from 'node:timers/promises';

type Pause = (milliseconds: number) => Promise<unknown>;

/** How long an answer asks us to wait because its key is over its limit; `undefined` where it does not. */
const waitSeconds = ({ status, headers }: Response): number | undefined => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return status === 429 && seconds >= 0 ? seconds : undefined;
};

/**
 * A `fetch` that waits as long as it is told to where the key is over its limit, and asks again: that is no failure, but a
 * matter of waiting. A call that brings a signal of its own has somebody who waits for it.
 */
export const patientFetch =
  (send: typeof fetch = fetch, pause: Pause = sleep): typeof fetch =>
  async (input, init) => {
    for (;;) {
      const answer = await send(input, init);
      const seconds = waitSeconds(answer);
      if (seconds === undefined || init?.signal) return answer;
      await answer.body?.cancel();
      await pause(seconds * 1000);
    }
  };
