import { sessionId } from './session-id.ts';
import type { SessionView } from './session-view.ts';
import type { KnownSession } from './sessions-of.ts';
import { pageOf } from './viewed-page.ts';

/** A session with what happened in it and what went on beside it. */
export interface SessionDetail extends SessionView {
  /** How many events there are of each type. */
  types: Record<string, number>;
  /** How often each page was seen, the first seen first. */
  pages: { page: string; views: number }[];
  visit: { id: string; startedAt: string; endedAt: string; sessionIds: string[]; devices: string[] };
}

const pagesMax = 100;

const counted = (names: readonly string[]): [name: string, count: number][] => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
};

const visitOf = ({ view, visit }: KnownSession): SessionDetail['visit'] => {
  const end = Math.max(...visit.map(({ lastAt }) => lastAt));
  return {
    id: view.visitId,
    startedAt: new Date(visit[0]?.startAt ?? 0).toISOString(),
    endedAt: new Date(end).toISOString(),
    sessionIds: visit.map(sessionId),
    devices: [...new Set(visit.flatMap(({ device }) => device ?? []))],
  };
};

/** All that is known of one session. */
export const sessionDetail = (known: KnownSession): SessionDetail => {
  const { events, quiet } = known.session;
  const pages = events
    .filter(({ event }) => event.type === 'page_view' || event.type === 'screen_view')
    .flatMap(({ event }) => pageOf(event) ?? []);
  return {
    ...known.view,
    types: Object.fromEntries(counted([...events, ...quiet].map(({ event }) => event.type))),
    pages: counted(pages)
      .slice(0, pagesMax)
      .map(([page, views]) => ({ page, views })),
    visit: visitOf(known),
  };
};
