import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../core/contract/client.ts';
import { CliError } from '../cli-error.ts';
import { Stopped } from '../import/with-retries.ts';

interface Options {
  stop: AbortSignal;
  timeoutSeconds?: number;
  pollMs?: number;
}

/** Waits until every event of these batches has had its effect. @throws CliError where that takes too long */
export const awaitBatches = async (
  client: Client,
  batchIds: readonly string[],
  { stop, timeoutSeconds = 300, pollMs = 200 }: Options,
): Promise<void> => {
  const endAt = performance.now() + timeoutSeconds * 1000;
  for (const id of batchIds) {
    while ((await client.getBatch({ params: { id } })).status !== 'completed') {
      if (stop.aborted) throw new Stopped('Stopped.');
      if (performance.now() > endAt) {
        throw new CliError(`The platform has not worked off the first events in ${timeoutSeconds} s.`);
      }
      await sleep(pollMs);
    }
  }
};
