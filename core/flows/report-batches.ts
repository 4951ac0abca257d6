import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { OpenedEnvelope } from '../model/batch-part.ts';
import type { BatchCorrection, BatchCounts, BatchStore, PartReport } from '../ports/batch-store.ts';
import type { FoldOutcome } from './set-aside.ts';

const nameOf = { duplicate: 'duplicates', quarantined: 'quarantined', refused: 'refused' } as const;

/**
 * Tells what became of the parts of batches that a window has dealt with. It tells the same however often the window
 * comes: an event that the window found folded already is a duplicate only where another event had brought its message.
 * A part with an event that is to be tried again is told of when that comes. An event that was redriven counts as what
 * it came to instead of as quarantined.
 */
export const reportBatches = async (
  envelopes: readonly OpenedEnvelope[],
  { fates, failed }: FoldOutcome,
  { batches }: { batches: BatchStore },
): Promise<void> => {
  const open = new Set(failed.map(event => event.id));
  await batches.correct(envelopes.flatMap(({ events }) => correctionsOf(events, fates, open)));
  const done = envelopes.filter(({ part, events }) => part && !events.some(event => open.has(event.id)));
  if (done.length === 0) return;
  const fateOf = ({ id }: AcceptedEvent): keyof BatchCounts => {
    const fate = fates.get(id);
    return fate === undefined ? 'processed' : nameOf[fate];
  };
  await batches.report(
    done.flatMap(({ part, events }): PartReport[] => (part ? [{ ...part, counts: tally(events.map(fateOf)) }] : [])),
  );
};

const correctionsOf = (
  events: readonly AcceptedEvent[],
  fates: FoldOutcome['fates'],
  open: ReadonlySet<string>,
): BatchCorrection[] =>
  events.flatMap(({ id, redrive }) => {
    const fate = fates.get(id);
    if (redrive?.batchId === undefined || open.has(id) || fate === 'quarantined') return [];
    return [{ batchId: redrive.batchId, eventId: id, to: fate === undefined ? 'processed' : nameOf[fate] }];
  });

const tally = (fates: readonly (keyof BatchCounts)[]): BatchCounts => {
  const counts: BatchCounts = { processed: 0, duplicates: 0, quarantined: 0, refused: 0 };
  for (const fate of fates) counts[fate] += 1;
  return counts;
};
