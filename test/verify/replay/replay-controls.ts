import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import type { EventArchive } from '../../../core/ports/event-archive.ts';
import type { ProfileStore } from '../../../core/ports/profile-store.ts';

/** What a replay relies on, each part as it is or weakened. */
export interface ReplayParts {
  archive: (archive: EventArchive) => EventArchive;
  profiles: (profiles: ProfileStore) => ProfileStore;
  /** As it comes from the stream. */
  event: (event: AcceptedEvent) => AcceptedEvent;
}

export const soundParts: ReplayParts = {
  archive: archive => archive,
  profiles: profiles => profiles,
  event: event => event,
};

/** Each takes one condition away, and must be noticed. */
export const replayControls: Readonly<Record<string, Partial<ReplayParts>>> = {
  /** Nobody knows which messages a profile has folded. */
  'seen-messages': {
    profiles: profiles => ({ ...profiles, seenMessages: async asked => asked.map(() => new Map()) }),
  },
  /** The last event of every page is passed over. */
  'end-of-page': {
    archive: archive => ({
      scan: async (...asked) => {
        const page = await archive.scan(...asked);
        return { ...page, events: page.events.slice(0, -1) };
      },
    }),
  },
  /** Events do not tell whose they were: whoever was lost comes back as somebody new. */
  'own-profile': { event: ({ replayed: _replayed, ...event }) => event },
  /** Nobody enters into the ledger what was said about consent. */
  'consent-ledger': {
    profiles: profiles => ({
      ...profiles,
      commit: commit => profiles.commit({ ...commit, said: [] }),
      commitMany: commits => profiles.commitMany(commits.map(commit => ({ ...commit, said: [] }))),
    }),
  },
  /** What is replayed is as of now. */
  'commit-time': {
    event: event => (event.replayed ? { ...event, replayed: { ...event.replayed, at: Date.UTC(2030, 0) } } : event),
  },
};
