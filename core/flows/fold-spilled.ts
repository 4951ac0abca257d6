import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { OpenedEnvelope } from '../model/batch-part.ts';
import type { BatchStore } from '../ports/batch-store.ts';
import type { DroppedEvents } from '../ports/dropped-events.ts';
import { foldWindow } from './fold-window.ts';
import { namingBatches } from './naming-batches.ts';
import { reportBatches } from './report-batches.ts';
import { reportDropped } from './report-dropped.ts';
import type { FoldOutcome, FoldTools } from './set-aside.ts';

/** Folds envelopes that came around the stream, as it would have brought them; returns those that shall come again. */
export const foldSpilled = async <Spilled extends OpenedEnvelope>(
  envelopes: readonly Spilled[],
  tools: FoldTools & { batches: BatchStore; droppedEvents: DroppedEvents },
): Promise<FoldOutcome & { again: Spilled[] }> => {
  const events: AcceptedEvent[] = envelopes.flatMap(envelope => [...envelope.events]);
  const quarantine = namingBatches(envelopes, tools.quarantine);
  const outcome = await foldWindow(events, { ...tools, quarantine });
  await reportBatches(envelopes, outcome, tools);
  await reportDropped(outcome, tools);
  const failed = new Set(outcome.failed.map(event => event.id));
  return { ...outcome, again: envelopes.filter(envelope => envelope.events.some(event => failed.has(event.id))) };
};
