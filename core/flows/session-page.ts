import { newestFirst } from '../engines/profiles/newest-first.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';

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

const isWanted = ({ startedAt, source, channel }: SessionView, query: SessionQuery): boolean => {
  const at = Date.parse(startedAt);
  return (
    at >= query.from &&
    at < query.until &&
    (query.source === undefined || query.source === source) &&
    (query.channel === undefined || query.channel === channel)
  );
};

/** A page of sessions, newest first by the time at which they began. */
export const sessionPage = (views: readonly SessionView[], query: SessionQuery): ListedSessions => {
  const placed = views.filter(view => isWanted(view, query)).map(view => ({ at: view.startedAt, id: view.id, view }));
  const { items, ...rest } = newestFirst(placed, query.limit, query.cursor);
  return { items: items.map(({ view }) => view), ...rest };
};
