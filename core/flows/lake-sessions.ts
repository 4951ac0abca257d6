import { type SessionEvent, sessionEvent } from '../engines/sessions/session-event.ts';
import { lengthMillisecondsMax } from '../engines/sessions/session-limits.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';
import { knownSessions } from '../engines/sessions/sessions-of.ts';
import { settledFrom } from '../engines/sessions/settled-from.ts';
import { unprocessable } from '../errors.ts';
import type { EventLake } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { restoredEvents } from './restored-events.ts';
import { type ListedSessions, type SessionQuery, sessionPage } from './session-page.ts';

export interface LakeSessionTools {
  eventLake: EventLake;
  seals: ProfileSeals;
  accountCurrency: string;
}

/** Events that are read one after the other; more of them are not held at once. */
const pageSizes = [2_000, 8_000, 30_000, 60_000];
const budgetSeconds = 20;

/** What was read so far, back to `readFrom` (epoch ms). */
interface Read {
  byProfile: Map<string, SessionEvent[]>;
  readFrom: number;
  asOf?: number;
}

/**
 * A page of everybody's sessions. Events are read from the newest on, until as many sessions are known as are asked for
 * of which nothing older could change anything.
 */
export const lakeSessions = async (query: SessionQuery, tools: LakeSessionTools): Promise<ListedSessions> => {
  const wanted = { ...query, until: Math.min(query.until, placeOf(query.cursor) + 1) };
  const range = { from: query.from - lengthMillisecondsMax, until: wanted.until + lengthMillisecondsMax };
  const read: Read = { byProfile: new Map(), readFrom: Number.POSITIVE_INFINITY };
  let after: string | undefined;
  for (const limit of pageSizes) {
    after = await readOn(read, { ...range, limit, cursor: after, budgetSeconds }, tools);
    const found = sessionPage(settledSessions(read, tools.accountCurrency), wanted);
    const asOf = read.asOf === undefined ? {} : { asOf: read.asOf };
    if (after === undefined || found.items.length === query.limit)
      return { ...goingOn(found, query.limit, after, read), ...asOf };
  }
  return goOn(read, wanted, tools.accountCurrency);
};

/** The time in the place of a session; everything is before an absent one. */
const placeOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return Number.POSITIVE_INFINITY;
  const at = Date.parse(cursor.split('#', 1)[0] ?? '');
  if (Number.isNaN(at)) throw unprocessable('query.cursor', 'is none that this list gave');
  return at;
};

/** Reads a page more; returns where to go on, `undefined` at the end. */
const readOn = async (
  read: Read,
  page: Parameters<EventLake['page']>[0],
  { eventLake, seals }: LakeSessionTools,
): Promise<string | undefined> => {
  const { events, nextCursor, asOf } = await eventLake.page(page);
  for (const { event, profileId } of await restoredEvents(events, seals)) {
    const own = read.byProfile.get(profileId) ?? [];
    own.push(sessionEvent(event));
    read.byProfile.set(profileId, own);
  }
  read.readFrom = nextCursor === undefined ? Number.NEGATIVE_INFINITY : (events.at(-1)?.row.timestamp ?? read.readFrom);
  if (asOf !== undefined) read.asOf = Math.max(asOf, read.asOf ?? 0);
  return nextCursor;
};

/** Sessions of which nothing older could change anything, and that have none of those before them that are not settled. */
const settledSessions = ({ byProfile, readFrom }: Read, accountCurrency: string): SessionView[] => {
  let newestOpen = readFrom;
  const found: SessionView[] = [];
  for (const [profileId, events] of byProfile) {
    const since = settledFrom(events, readFrom) ?? Number.POSITIVE_INFINITY;
    for (const { isQuiet, at } of events) if (!isQuiet && at < since) newestOpen = Math.max(newestOpen, at);
    const settled = events.filter(({ at }) => at >= since);
    found.push(...knownSessions(settled, { profileId, accountCurrency }).map(({ view }) => view));
  }
  return found.filter(({ startedAt }) => Date.parse(startedAt) > newestOpen);
};

/** A full page goes on behind its last session, a short one behind everything that was read, as long as there is more. */
const goingOn = (
  found: ListedSessions,
  limit: number,
  after: string | undefined,
  { readFrom }: Read,
): ListedSessions => {
  const last = found.items.at(-1);
  if (found.nextCursor !== undefined || after === undefined) return found;
  const isFull = last !== undefined && found.items.length === limit;
  return { ...found, nextCursor: isFull ? `${last.startedAt}#${last.id}` : `${new Date(readFrom).toISOString()}#~` };
};

/** As much as may be held at once is read: what is known is told, and the next page goes on from there. */
const goOn = (read: Read, wanted: SessionQuery, accountCurrency: string): ListedSessions => {
  const { byProfile, readFrom, asOf } = read;
  const all = [...byProfile].flatMap(([profileId, events]) => knownSessions(events, { profileId, accountCurrency }));
  const told = all.map(({ view }) => view).filter(({ startedAt }) => Date.parse(startedAt) > readFrom);
  const found = goingOn(sessionPage(told, wanted), wanted.limit, 'more', read);
  return { ...found, ...(asOf === undefined ? {} : { asOf }) };
};
