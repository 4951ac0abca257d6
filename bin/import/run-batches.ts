import { addTallies, emptyTally, type Tally } from '../../core/engines/imports/tally.ts';
import type { Batch } from './batches.ts';
import type { Send } from './send.ts';

interface Options {
  /** How many batches are on their way at a time. */
  lanes: number;
  /** Once aborted no batch is begun; those on their way are seen through. */
  stop: AbortSignal;
  send: Send;
  /** Told of each batch that has been answered. */
  onDone: (batch: Batch, tally: Tally) => void;
}

/** Sends batch after batch, several at a time. Fails with the first failure, after the running ones have ended. */
export const runBatches = async (
  batches: AsyncGenerator<Batch>,
  { lanes, stop, send, onDone }: Options,
): Promise<void> => {
  let failed = false;
  const sendBatch = async (batch: Batch): Promise<void> => {
    const local: Tally = { ...emptyTally, errors: batch.errors };
    onDone(batch, addTallies(local, batch.rows.length > 0 ? await send(batch.rows) : emptyTally));
  };
  const lane = async (): Promise<void> => {
    while (!failed && !stop.aborted) {
      const { value: batch, done } = await batches.next();
      if (done) return;
      await sendBatch(batch).catch(failure => {
        failed = true;
        throw failure;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  await batches.return(undefined);
  const broken = ended.find(one => one.status === 'rejected');
  if (broken) throw broken.reason;
};
