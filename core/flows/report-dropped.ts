import type { DroppedEvent, DroppedEvents } from '../ports/dropped-events.ts';
import type { FoldOutcome } from './set-aside.ts';

/** Tells what became of the events of a window that are kept nowhere. It tells the same however often the window comes. */
export const reportDropped = async (
  { fates, originals }: Pick<FoldOutcome, 'fates' | 'originals'>,
  { droppedEvents }: { droppedEvents: DroppedEvents },
): Promise<void> => {
  const dropped = [...fates].flatMap(([eventId, fate]): DroppedEvent[] => {
    const duplicateOf = originals.get(eventId);
    if (fate === 'duplicate' && duplicateOf !== undefined) return [{ eventId, fate, duplicateOf }];
    return fate === 'refused' ? [{ eventId, fate, reason: 'erased' }] : [];
  });
  if (dropped.length > 0) await droppedEvents.report(dropped);
};
