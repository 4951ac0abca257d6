import { restoreEvent } from '../engines/lake/restore-event.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { SealedParts } from '../model/lake-event.ts';
import type { ArchivedEvent } from '../ports/event-archive.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';

export interface RestoredEvent {
  event: AcceptedEvent;
  /** Who has it now. */
  profileId: string;
  /** Epoch ms. */
  committedAt: number;
}

/**
 * Events of the archive as they were accepted, in their order. Those of people who were erased cannot be read by anybody
 * any more and are left out.
 */
export const restoredEvents = async (
  archived: readonly ArchivedEvent[],
  seals: ProfileSeals,
): Promise<RestoredEvent[]> => {
  const known = await seals.toOpen([...new Set(archived.map(({ row }) => row.profileId))]);
  return archived.flatMap(({ row, profileId }) => {
    const seal = known.get(row.profileId);
    if (!seal || row.sealed === null) return [];
    const parts = JSON.parse(seal.open(row.sealed, row.eventId)) as SealedParts;
    return [{ event: restoreEvent(row, parts), profileId, committedAt: row.committedAt }];
  });
};
