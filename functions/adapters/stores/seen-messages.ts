import { fingerprint } from '../../../core/model/fingerprint.ts';
import { inLanes } from '../../../core/model/in-lanes.ts';
import type { ProfileState } from '../../../core/model/profile-state.ts';
import type { AskedMessages, SeenMessages } from '../../../core/ports/profile-store.ts';
import type { Table } from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { eventsOfVersions, type VersionRange } from './event-chunks.ts';
import { type FingerprintPage, pagesToConsult, readPage } from './fingerprint-pages.ts';
import { memberHeads } from './member-heads.ts';

const lanes = 16;

/** In which versions a message may have been folded. */
type Suspicions = Map<string, VersionRange[]>;

/**
 * Which of these messages each profile has folded already. The ring and the pages only raise suspicion; the chunks of
 * the versions in question confirm it, so that no message is lost to two ids that share a fingerprint, and an old
 * repeat costs no more than its own window. Where those chunks have expired, suspicion suffices.
 */
export const seenMessages = async (table: Table, asked: readonly AskedMessages[]): Promise<SeenMessages[]> => {
  const families = await familiesOf(table, asked);
  const pages = await pagesOf(table, families.flat());
  return inLanes(families, lanes, async family => {
    const seen = await Promise.all(family.map(one => confirmed(table, one.profile, suspicionsOf(one, pages))));
    return new Map(seen.flatMap(own => [...own]));
  });
};

/** What a profile was asked is asked of everybody, too, who was merged into it: their own messages stay theirs. */
const familiesOf = async (table: Table, asked: readonly AskedMessages[]): Promise<AskedMessages[][]> => {
  const heads = await memberHeads(
    table,
    asked.flatMap(({ profile }) => profile.head.members ?? []),
  );
  return asked.map(one => [
    one,
    ...(one.profile.head.members ?? []).flatMap(id => {
      const head = heads.get(id);
      return head ? [{ profile: { ...one.profile, id, head }, events: one.events }] : [];
    }),
  ]);
};

/** A page that is missing was swept with its erased person, whose head refuses what follows. */
const pagesOf = async (table: Table, asked: readonly AskedMessages[]): Promise<Map<string, FingerprintPage[]>> => {
  const wanted = asked.flatMap(({ profile: { id, head }, events }) =>
    head.pages === 0 || events.length === 0 ? [] : pagesToConsult(head, events).map(page => keys.page(id, page)),
  );
  const pages = new Map<string, FingerprintPage[]>();
  if (wanted.length === 0) return pages;
  for (const item of await table.getMany(wanted, true)) {
    const own = pages.get(item.pk);
    if (own) own.push(readPage(item));
    else pages.set(item.pk, [readPage(item)]);
  }
  return pages;
};

const suspicionsOf = (
  { profile: { id, head }, events }: AskedMessages,
  pages: Map<string, FingerprintPage[]>,
): Suspicions => {
  const ring = { fingerprints: head.ring, from: head.ringFrom ?? 1, to: head.version };
  const suspicions: Suspicions = new Map();
  const byFingerprint = new Map<number, string[]>();
  for (const { messageId } of events) {
    const key = fingerprint(messageId);
    byFingerprint.set(key, [...(byFingerprint.get(key) ?? []), messageId]);
  }
  for (const { fingerprints, from, to } of [ring, ...(pages.get(keys.profile(id)) ?? [])]) {
    for (const messageId of new Set(fingerprints.flatMap(key => byFingerprint.get(key) ?? []))) {
      suspicions.set(messageId, [...(suspicions.get(messageId) ?? []), { from, to }]);
    }
  }
  return suspicions;
};

const confirmed = async (table: Table, profile: ProfileState, suspicions: Suspicions): Promise<SeenMessages> => {
  const seen = new Map<string, string | undefined>();
  const ranges = new Map([...suspicions.values()].flat().map(range => [nameOf(range), range]));
  for (const [name, range] of ranges) {
    const { events, complete } = await eventsOfVersions(table, profile, range);
    const kept = new Map(events.map(event => [event.messageId, event.id]));
    for (const [messageId, own] of suspicions) {
      if (!own.some(one => nameOf(one) === name)) continue;
      const eventId = kept.get(messageId) ?? seen.get(messageId);
      if (!complete || eventId !== undefined) seen.set(messageId, eventId);
    }
  }
  return seen;
};

const nameOf = ({ from, to }: VersionRange): string => `${from}-${to}`;
