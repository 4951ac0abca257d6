import type { OpenedEnvelope } from '../model/batch-part.ts';
import type { Quarantine } from '../ports/quarantine.ts';

/** A quarantine that is told which batch each event came with, so that a redrive can correct what the batch tells. */
export const namingBatches = (envelopes: readonly OpenedEnvelope[], quarantine: Quarantine): Quarantine => ({
  add: aside => {
    const batches = new Map(
      envelopes.flatMap(({ part, events }) => (part ? events.map(({ id }) => [id, part.batchId] as const) : [])),
    );
    return quarantine.add(aside.map(one => ({ ...one, batchId: batches.get(one.event.id) ?? one.batchId })));
  },
});
