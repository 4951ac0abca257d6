import { newestFirst } from '../engines/profiles/newest-first.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import type { MergeSummary } from '../model/merge-record.ts';
import type { Membership, MembershipStore } from '../ports/membership-store.ts';
import type { MergeStore } from '../ports/merge-store.ts';
import type { ConsentEntry } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';
import { type PastQuery, type PastTools, pastEvents } from './past-events.ts';
import { isWithin } from './profile-events.ts';

interface TimelineTools extends PastTools {
  merges: Pick<MergeStore, 'page'>;
  memberships: MembershipStore;
}

const eventEntry = (event: AcceptedEvent, profileId: string) => ({
  kind: 'event' as const,
  at: event.timestamp,
  id: event.id,
  event: trackedEvent(event, profileId),
});

const consentEntry = ({ at, source, changes }: ConsentEntry, index: number) => ({
  kind: 'consent' as const,
  at: new Date(at).toISOString(),
  id: `consent-${String(index).padStart(6, '0')}`,
  consent: { changes: changes as Record<string, boolean>, source },
});

/** The last time that a profile entered a segment and the last time that it left it. */
const segmentEntries = ({ segmentId, enteredAt, exitedAt }: Membership) => [
  { kind: 'segment_entered' as const, at: enteredAt, id: `entered-${segmentId}`, segmentId },
  ...(exitedAt === undefined
    ? []
    : [{ kind: 'segment_exited' as const, at: exitedAt, id: `exited-${segmentId}`, segmentId }]),
];

const mergesMax = 1000;

/** That somebody became a part of this profile, or it of somebody, and that this was undone. */
const mergeEntries = ({ id, at, profileId, mergedId, reason, unmerge }: MergeSummary) => {
  const merge = { mergeId: id, profileId, mergedId };
  const done = {
    kind: 'merge' as const,
    at: iso(at),
    id: `merged-${id}`,
    merge: { ...merge, reason: reason.kind, score: reason.score },
  };
  return [done, ...(unmerge ? [{ kind: 'unmerge' as const, at: iso(unmerge.at), id: `unmerged-${id}`, merge }] : [])];
};

const iso = (at: number): string => new Date(at).toISOString();

type Entry =
  | ReturnType<typeof mergeEntries>[number]
  | ReturnType<typeof eventEntry>
  | ReturnType<typeof consentEntry>
  | ReturnType<typeof segmentEntries>[number];

/** A type is a kind of entry, or the type of an event. */
const isOfType = (entry: Entry, types: ReadonlySet<string> | undefined): boolean =>
  types === undefined || types.has(entry.kind) || (entry.kind === 'event' && types.has(entry.event.type));

/** A page of what happened with a person, newest first. @throws Problem `NOT_FOUND` */
export const profileTimeline = async (
  id: string,
  query: PastQuery & { types?: readonly string[] | undefined },
  tools: TimelineTools,
): Promise<{ items: Entry[]; nextCursor?: string }> => {
  const { profiles, memberships } = tools;
  const state = await liveProfile(id, profiles);
  const ofEvents = query.types?.includes('event') ? undefined : query.types;
  const [events, ledger, segments, { items: merged }] = await Promise.all([
    pastEvents(state, { ...query, types: ofEvents }, tools),
    profiles.consentLedger(state.id),
    memberships.ofProfile(state.id),
    tools.merges.page({ profileId: state.id, limit: mergesMax }),
  ]);
  const types = query.types && new Set(query.types);
  const entries: Entry[] = [
    ...events.map(event => eventEntry(event, state.id)),
    ...ledger.map(consentEntry),
    ...segments.flatMap(segmentEntries),
    ...merged.flatMap(mergeEntries),
  ];
  const wanted = entries.filter(entry => isOfType(entry, types) && isWithin(entry.at, query));
  return newestFirst(wanted, query.limit, query.cursor);
};
