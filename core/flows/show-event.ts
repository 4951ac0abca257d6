import { receivedEvent } from '../engines/events/received-event.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import { notFound } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { idTime } from '../model/id-time.ts';
import type { DroppedEvent, DroppedEvents } from '../ports/dropped-events.ts';
import type { EventLake, ReadingLimits } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { QuarantinedEntry, QuarantineStore } from '../ports/quarantine.ts';
import { restoredEvents } from './restored-events.ts';

export interface ShowEventTools {
  eventLake: EventLake;
  seals: ProfileSeals;
  quarantine: Pick<QuarantineStore, 'find'>;
  droppedEvents: Pick<DroppedEvents, 'find'>;
}

/** An event and what became of it. @throws Problem `NOT_FOUND` */
export const showEvent = async (id: string, tools: ShowEventTools, limits: ReadingLimits = {}) => {
  if (idTime(id) === undefined) throw notFound('Event', id);
  const [kept] = await tools.quarantine.find([id]);
  const processed = kept?.state === 'held' ? undefined : await processedEvent(id, tools, limits);
  const tried = kept ? { quarantine: { tries: kept.tries } } : {};
  if (processed) return { ...processed, ...tried };
  const dropped = kept?.state === 'held' ? undefined : await tools.droppedEvents.find(id);
  if (dropped) return { ...droppedEvent(dropped), ...tried };
  if (!kept) throw notFound('Event', id);
  return quarantinedEvent(kept);
};

/** Nothing is kept of it but what it was: what it said, its original says. */
const droppedEvent = (dropped: DroppedEvent) => {
  const { eventId: id, fate: status } = dropped;
  const told = { id, receivedAt: new Date(idTime(id) ?? 0).toISOString(), status };
  return dropped.fate === 'duplicate'
    ? { ...told, duplicateOf: dropped.duplicateOf }
    : { ...told, refusedBecause: dropped.reason };
};

const rawOf = (event: AcceptedEvent) => ({ ...receivedEvent(event), messageId: event.messageId });

const processedEvent = async (id: string, { eventLake, seals }: ShowEventTools, limits: ReadingLimits) => {
  const archived = await eventLake.one(id, limits);
  const [restored] = archived ? await restoredEvents([archived], seals) : [];
  if (!archived || !restored) return undefined;
  const { event, profileId } = restored;
  const { row } = archived;
  const at = new Date(row.committedAt).toISOString();
  return {
    id,
    receivedAt: event.receivedAt,
    status: 'processed' as const,
    raw: rawOf(event),
    event: trackedEvent(event, profileId),
    foldedInto: { profileId: row.profileId, version: row.version, at },
  };
};

const quarantinedEvent = (entry: QuarantinedEntry) => {
  const { id, tries } = entry;
  const receivedAt = new Date(idTime(id) ?? 0).toISOString();
  if (entry.state === 'gone') return { id, receivedAt, status: 'redriven' as const, quarantine: { tries } };
  const { event, reason, at } = entry;
  const status = entry.state === 'held' ? ('quarantined' as const) : ('redriven' as const);
  const readable = event.quarantine !== 'envelope_unreadable';
  return {
    id,
    receivedAt,
    status,
    ...(readable ? { raw: rawOf(event) } : {}),
    quarantine: { reason, at, tries },
  };
};
