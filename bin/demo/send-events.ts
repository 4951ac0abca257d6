import type { Client } from '../../core/contract/client.ts';
import { inLanes } from '../../core/model/in-lanes.ts';
import { CliError } from '../cli-error.ts';
import { Stopped, withRetries } from '../import/with-retries.ts';
import type { SentEvent } from './happening.ts';

interface Options {
  stop: AbortSignal;
  /** Told of how many more have been accepted. */
  onSent?: (count: number) => void;
}

const batchSize = 500;
const lanes = 4;
const [retries, callTimeoutMs] = [8, 60_000];

const sendBatch = async (client: Client, events: readonly SentEvent[], stop: AbortSignal): Promise<string> => {
  if (stop.aborted) throw new Stopped('Stopped.');
  const request = { query: { strict: 'true' }, body: { events: [...events] } };
  const call = () => client.trackEvents(request, { signal: AbortSignal.timeout(callTimeoutMs) });
  const { batchId, accepted, results } = await withRetries(call, { retries, stop });
  const refused = results.find(({ error }) => error !== undefined)?.error;
  if (refused) throw new CliError(`The platform did not take an event of the demo: ${refused.message}`);
  if (accepted !== events.length) throw new CliError(`${accepted} of ${events.length} events were taken.`);
  return batchId;
};

/**
 * Tracks events, several batches at a time; answers the ids of the batches.
 *
 * @throws CliError where one is not taken, `Stopped` where the user ended it, and what the client throws
 */
export const sendEvents = (
  client: Client,
  events: readonly SentEvent[],
  { stop, onSent }: Options,
): Promise<string[]> => {
  const starts = Array.from({ length: Math.ceil(events.length / batchSize) }, (_, index) => index * batchSize);
  return inLanes(starts, lanes, async start => {
    const batch = events.slice(start, start + batchSize);
    const batchId = await sendBatch(client, batch, stop);
    onSent?.(batch.length);
    return batchId;
  });
};
