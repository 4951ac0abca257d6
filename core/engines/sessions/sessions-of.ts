import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { foldSessions } from './fold-sessions.ts';
import type { FoldedSession } from './folded-session.ts';
import { orderOwners } from './order-owners.ts';
import { type SessionEvent, sessionEvent } from './session-event.ts';
import { sessionId } from './session-id.ts';
import { type SessionView, sessionView } from './session-view.ts';
import { visitGroups } from './visit-groups.ts';

/** A session with what it was made of. */
export interface KnownSession {
  view: SessionView;
  session: FoldedSession;
  /** Those of the same visit, itself included, in the order in which they began. */
  visit: readonly FoldedSession[];
}

interface Whose {
  profileId: string;
  accountCurrency: string;
}

/** Named after the oldest of its sessions. */
export const visitId = (group: readonly FoldedSession[]): string =>
  (group.map(sessionId).toSorted()[0] ?? '').replace(/^session-/, 'visit-');

/** The sessions of all these events of one person, in the order in which they began. */
export const sessionsOf = (events: readonly AcceptedEvent[], whose: Whose): KnownSession[] =>
  knownSessions(events.map(sessionEvent), whose);

/** As `sessionsOf`, of events that are read already. */
export const knownSessions = (events: readonly SessionEvent[], whose: Whose): KnownSession[] => {
  const context = { ...whose, owners: orderOwners(events) };
  return visitGroups(foldSessions(events)).flatMap(visit => {
    const id = visitId(visit);
    return visit.map(session => ({ session, visit, view: sessionView(session, id, context) }));
  });
};
