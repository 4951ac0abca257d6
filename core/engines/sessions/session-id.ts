import type { FoldedSession } from './folded-session.ts';

/** The event that was received first: ids of events rise with the time of receipt. */
const firstReceived = ({ events }: Pick<FoldedSession, 'events'>): string =>
  events.map(({ id }) => id).toSorted()[0] ?? '';

/**
 * The id of a session: that of the event of it that was received first. Whatever comes late was received later, so that
 * an id that was told once stays; of two sessions that a late event joins the older id stays.
 *
 * @example sessionId({ events: [{ id: 'event-01J8' }, { id: 'event-01J7' }] }) // 'session-01J7'
 */
export const sessionId = (session: Pick<FoldedSession, 'events'>): string =>
  firstReceived(session).replace(/^event-/, 'session-');

/** The event that a session is named after. */
export const eventIdOf = (id: string): string => id.replace(/^session-/, 'event-');
