import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { OpenedEnvelope } from '../model/batch-part.ts';
import { matchKey } from '../model/identifier.ts';
import type { BatchCounts, BatchStore, PartReport } from '../ports/batch-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { FoldOutcome } from './set-aside.ts';

interface ReportTools {
  batches: BatchStore;
  profiles: ProfileStore;
}

const nameOf = { duplicate: 'duplicates', quarantined: 'quarantined', refused: 'refused' } as const;

/**
 * Tells what became of the parts of batches that a window has dealt with. It tells the same however often the window
 * comes: an event that the window found folded already is a duplicate only where another event had brought its message.
 * A part with an event that is to be tried again is told of when that comes.
 */
export const reportBatches = async (
  envelopes: readonly OpenedEnvelope[],
  { fates, failed }: FoldOutcome,
  tools: ReportTools,
): Promise<void> => {
  const open = new Set(failed.map(event => event.id));
  const done = envelopes.filter(({ part, events }) => part && !events.some(event => open.has(event.id)));
  if (done.length === 0) return;
  const suspects = done.flatMap(({ events }) => events.filter(event => fates.get(event.id) === 'duplicate'));
  const own = await storedUnderOwnId(suspects, tools.profiles);
  const fateOf = ({ id }: AcceptedEvent): keyof BatchCounts => {
    const fate = fates.get(id);
    return fate === undefined || own.has(id) ? 'processed' : nameOf[fate];
  };
  await tools.batches.report(
    done.flatMap(({ part, events }): PartReport[] => (part ? [{ ...part, counts: tally(events.map(fateOf)) }] : [])),
  );
};

const tally = (fates: readonly (keyof BatchCounts)[]): BatchCounts => {
  const counts: BatchCounts = { processed: 0, duplicates: 0, quarantined: 0, refused: 0 };
  for (const fate of fates) counts[fate] += 1;
  return counts;
};

/** The ids of those events that are kept themselves: they were folded by an earlier delivery, or twice in this one. */
const storedUnderOwnId = async (events: readonly AcceptedEvent[], profiles: ProfileStore): Promise<Set<string>> => {
  if (events.length === 0) return new Set();
  const owners = await profiles.ownersOf([...new Set(events.flatMap(event => event.identifiers.map(matchKey)))]);
  const named = events.flatMap(({ profileId }) => profileId ?? []);
  const wanted = new Set(events.map(event => event.id));
  const found = new Set<string>();
  for (const profile of (await profiles.getMany([...new Set([...owners.values(), ...named])])).values()) {
    for (const { id } of await profiles.events(profile)) if (wanted.has(id)) found.add(id);
  }
  return found;
};
