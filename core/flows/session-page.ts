import { newestFirst } from '../engines/profiles/newest-first.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';
import type { KnownSession } from '../engines/sessions/sessions-of.ts';

/** Which sessions are asked for; `from` and `until` bound their beginning in epoch ms, `until` excluded. */
export interface SessionQuery {
  from: number;
  until: number;
  source?: string | undefined;
  channel?: string | undefined;
  limit: number;
  /** The place of the last session of the page before. */
  cursor?: string | undefined;
}

export interface ListedSessions {
  items: SessionView[];
  nextCursor?: string;
  /** Epoch ms of the newest change that the answer knows. */
  asOf?: number;
}

export interface FoundSessions {
  items: KnownSession[];
  nextCursor?: string;
}

const isWanted = ({ view, session }: KnownSession, query: SessionQuery): boolean =>
  session.startAt >= query.from &&
  session.startAt < query.until &&
  (query.source === undefined || query.source === view.source) &&
  (query.channel === undefined || query.channel === view.channel);

/** Whatever comes later, a session began with the same event; its id may be of one that happened after that. */
const placed = (known: KnownSession) => ({ at: known.view.startedAt, id: known.session.events[0]?.id ?? '', known });

export const placeOf = (known: KnownSession): string => {
  const { at, id } = placed(known);
  return `${at}#${id}`;
};

/** A page of sessions, newest first by the time at which they began. */
export const sessionPage = (known: readonly KnownSession[], query: SessionQuery): FoundSessions => {
  const wanted = known.filter(one => isWanted(one, query)).map(placed);
  const { items, ...rest } = newestFirst(wanted, query.limit, query.cursor);
  return { items: items.map(one => one.known), ...rest };
};
