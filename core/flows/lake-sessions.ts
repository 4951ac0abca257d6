import { lengthMillisecondsMax } from '../engines/sessions/session-limits.ts';
import type { KnownSession } from '../engines/sessions/sessions-of.ts';
import { unprocessable } from '../errors.ts';
import {
  completedSessions,
  everySession,
  type KeptOfOne,
  keptRead,
  type LakeSessionTools,
  nothingRead,
  type ReadEvents,
  readOn,
  settledSessions,
} from './read-sessions.ts';
import { type FoundSessions, type ListedSessions, placeOf, type SessionQuery, sessionPage } from './session-page.ts';

/** Events that are read one after the other; more of them are not held at once. */
const pageSizes = [2_000, 8_000, 30_000, 60_000];

/**
 * A page of everybody's sessions. Events are read from the newest on, until as many sessions are known as are asked for
 * of which nothing older could change anything. Where that takes too many events, those of each person on the page are
 * read by themselves.
 */
export const lakeSessions = (query: SessionQuery, tools: LakeSessionTools): Promise<ListedSessions> => {
  const wanted = untilCursor(query);
  return pageFrom(nothingRead(wanted.until), wanted, tools);
};

/**
 * A page of one person's sessions, of whom the table has what happened after `keptFrom` (epoch ms) and some of what
 * happened before; the lake has the rest, and is read where the page goes back so far.
 */
export const longSessions = (
  kept: KeptOfOne,
  keptFrom: number,
  query: SessionQuery,
  tools: LakeSessionTools,
): Promise<ListedSessions> => {
  const wanted = untilCursor(query);
  return pageFrom(keptRead(kept, keptFrom, wanted.until), wanted, tools);
};

/** Nothing that began after the place of the page before is looked at again. */
const untilCursor = (query: SessionQuery): SessionQuery => ({
  ...query,
  until: Math.min(query.until, timeIn(query.cursor) + 1),
});

const pageFrom = async (read: ReadEvents, wanted: SessionQuery, tools: LakeSessionTools): Promise<ListedSessions> => {
  const range = {
    profileId: read.kept?.profileId,
    from: wanted.from - lengthMillisecondsMax,
    until: Math.min(wanted.until, read.readFrom + 1),
  };
  let after: string | undefined;
  for (const limit of [0, ...pageSizes]) {
    if (limit > 0) after = await readOn(read, { ...range, limit, cursor: after }, tools);
    const { known, settledTo } = settledSessions(read, tools.accountCurrency);
    const found = sessionPage(known, wanted);
    const isAll = read.readFrom === Number.NEGATIVE_INFINITY || settledTo < wanted.from;
    if (isAll || found.items.length === wanted.limit) return told(found, { wanted, read, isAll }, tools);
  }
  return told(sessionPage(await everySession(read, tools), wanted), { wanted, read, isAll: false }, tools);
};

/** The time in the place of a session; everything is before an absent one. */
const timeIn = (cursor: string | undefined): number => {
  if (cursor === undefined) return Number.POSITIVE_INFINITY;
  const at = Date.parse(cursor.split('#', 1)[0] ?? '');
  if (Number.isNaN(at)) throw unprocessable('query.cursor', 'is none that this list gave');
  return at;
};

interface Asked {
  wanted: SessionQuery;
  read: ReadEvents;
  /** Nothing that was asked for is unread. */
  isAll: boolean;
}

const told = async (found: FoundSessions, asked: Asked, tools: LakeSessionTools): Promise<ListedSessions> => {
  const { asOf } = asked.read;
  const nextCursor = found.nextCursor ?? (asked.isAll ? undefined : goingOn(found.items, asked));
  return {
    items: await completedSessions(found.items, asked.read, tools),
    ...(nextCursor === undefined ? {} : { nextCursor }),
    ...(asOf === undefined ? {} : { asOf }),
  };
};

/** A full page goes on behind its last session, a short one behind everything that was read. */
const goingOn = (items: readonly KnownSession[], { wanted, read }: Asked): string => {
  const last = items.at(-1);
  const isFull = last !== undefined && items.length === wanted.limit;
  return isFull ? placeOf(last) : `${new Date(read.readFrom).toISOString()}#~`;
};
