import { isOver } from '../engines/retention/is-over.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { RetentionCutoffs } from '../model/retention-policy.ts';
import type { ArchivedEvent, EventArchive } from '../ports/event-archive.ts';
import type { EventLake } from '../ports/event-lake.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { CutoffsNow } from './retention-in-force.ts';

const keptOf = (events: readonly AcceptedEvent[], cutoffs: RetentionCutoffs): AcceptedEvent[] =>
  events.filter(event => !isOver(event, cutoffs));

const archivedOf = (events: readonly ArchivedEvent[], cutoffs: RetentionCutoffs): ArchivedEvent[] =>
  events.filter(({ row }) => !isOver(row, cutoffs));

interface Told {
  events: AcceptedEvent[];
  complete: boolean;
}

/** Where something is over, what is told is not everything. */
const toldOf = <Found extends Told>(found: Found, cutoffs: RetentionCutoffs): Found => {
  const events = keptOf(found.events, cutoffs);
  return { ...found, events, complete: found.complete && events.length === found.events.length };
};

/** Profiles without what is over of their events, from that moment on. */
export const profilesWithin = (profiles: ProfileStore, cutoffs: CutoffsNow): ProfileStore => ({
  ...profiles,
  events: async profile => keptOf(await profiles.events(profile), await cutoffs()),
  history: async profile => toldOf(await profiles.history(profile), await cutoffs()),
  eventsSince: async (profile, since) => toldOf(await profiles.eventsSince(profile, since), await cutoffs()),
  eventPages: async function* (profile) {
    const now = await cutoffs();
    for await (const page of profiles.eventPages(profile)) yield toldOf(page, now);
  },
});

/** The lake without what is over. A page may be short of its limit although there is a next one. */
export const eventLakeWithin = (lake: EventLake, cutoffs: CutoffsNow): EventLake => ({
  page: async query => {
    const found = await lake.page(query);
    return { ...found, events: archivedOf(found.events, await cutoffs()) };
  },
  one: async (eventId, limits) => {
    const found = await lake.one(eventId, limits);
    return found && archivedOf([found], await cutoffs())[0];
  },
});

/** The archive without what is over. */
export const archiveWithin = (archive: EventArchive, cutoffs: CutoffsNow): EventArchive => ({
  scan: async (range, limit, after) => {
    const found = await archive.scan(range, limit, after);
    return { ...found, events: archivedOf(found.events, await cutoffs()) };
  },
});
