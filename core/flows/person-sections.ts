import type { StoredSegment } from '../contract/segments.ts';
import { shownVersion } from '../engines/consent/consent-standing.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import { type SessionEvent, sessionEvent } from '../engines/sessions/session-event.ts';
import { knownSessions } from '../engines/sessions/sessions-of.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { StoredRfmCuts } from '../model/rfm-cuts.ts';
import type { Collection } from '../ports/collection.ts';
import type { EventLake } from '../ports/event-lake.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import { shownIdentity } from './profile-identities.ts';
import { profileSegments } from './profile-segments.ts';
import { restoredEvents } from './restored-events.ts';
import { shownConsent } from './set-consent.ts';
import { showProfile } from './show-profiles.ts';

export interface SectionTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  segments: Collection<StoredSegment>;
  rfmCuts: Collection<StoredRfmCuts>;
  recipients: Pick<RecipientStore, 'ofProfile'>;
  eventLake: EventLake;
  seals: ProfileSeals;
  settings: { accountCurrency: string };
  now: () => Date;
}

const pageRows = 5000;

/** What destinations were told of somebody, and what they hold. */
const disclosuresOf = async (id: string, { recipients }: SectionTools) =>
  (await recipients.ofProfile(id)).map(({ audienceId, platform, state, updatedAt }) => ({
    ...{ audienceId, platform, at: updatedAt },
    holds: state !== 'removed',
  }));

/** Everything that somebody did: what the table has, then what is older, each event once. */
async function* eventsOf(state: ProfileState, tools: SectionTools): AsyncGenerator<AcceptedEvent[]> {
  const known = new Set<string>();
  const fresh = (events: readonly AcceptedEvent[]) => events.filter(({ id }) => !known.has(id) && known.add(id));
  let isComplete = true;
  for await (const { events, complete } of tools.profiles.eventPages(state)) {
    isComplete &&= complete;
    yield fresh(events);
  }
  let cursor: string | undefined;
  while (!isComplete) {
    const query = { profileId: state.id, from: 0, until: tools.now().getTime() + 1, limit: pageRows };
    const page = await tools.eventLake.page(cursor === undefined ? query : { ...query, cursor });
    yield fresh((await restoredEvents(page.events, tools.seals)).map(({ event }) => event));
    cursor = page.nextCursor;
    if (cursor === undefined) return;
  }
}

/** Some rows of one section. */
export interface SectionRows {
  section: PersonSection;
  rows: object[];
}

export const personSectionNames = [
  'profile',
  'identifiers',
  'consent',
  'consentHistory',
  'segments',
  'disclosures',
  'events',
  'sessions',
] as const;
export type PersonSection = (typeof personSectionNames)[number];

/** Everything that is kept of somebody, section by section, some rows at a time. */
export async function* personSections(state: ProfileState, tools: SectionTools): AsyncGenerator<SectionRows> {
  const { id, person } = state;
  yield { section: 'profile', rows: [await showProfile(state, tools)] };
  yield { section: 'identifiers', rows: person.identifiers.map(known => shownIdentity(known)) };
  yield { section: 'consent', rows: [await shownConsent(state, tools)] };
  yield { section: 'consentHistory', rows: (await tools.profiles.consentLedger(id)).map(shownVersion) };
  yield { section: 'segments', rows: (await profileSegments(id, undefined, tools)).items };
  yield { section: 'disclosures', rows: await disclosuresOf(id, tools) };
  const visited: SessionEvent[] = [];
  for await (const rows of inPages(eventsOf(state, tools))) {
    for (const event of rows) visited.push(sessionEvent(event));
    yield { section: 'events', rows: rows.map(event => trackedEvent(event, id)) };
  }
  const sessions = knownSessions(visited, { profileId: id, accountCurrency: tools.settings.accountCurrency });
  yield { section: 'sessions', rows: sessions.map(({ view }) => view) };
}

/** The same rows in pages that are full but for the last. */
async function* inPages<Row>(pages: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  const waiting: Row[] = [];
  for await (const rows of pages) {
    for (const row of rows) waiting.push(row);
    while (waiting.length >= pageRows) yield waiting.splice(0, pageRows);
  }
  if (waiting.length > 0) yield waiting;
}
