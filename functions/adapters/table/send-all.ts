import type { Patience } from './back-off.ts';

/** Sends until nothing is left over. A throttled table leaves over; attempts without any progress are bounded. */
export const sendAll = async <Request>(
  requests: Request[],
  patience: Patience,
  send: (requests: Request[]) => Promise<Request[]>,
): Promise<void> => {
  let open = requests;
  for (let attempt = 0; open.length > 0; attempt += 1) {
    const left = await send(open);
    const progress = left.length < open.length;
    if (progress) attempt = -1;
    else if (attempt + 1 >= patience.attemptsMax)
      throw new Error(
        `table: throttled; ${left.length} requests of a batch were still open after ${attempt + 1} attempts`,
      );
    if (left.length > 0) await patience.pause(Math.max(attempt, 0));
    open = left;
  }
};
