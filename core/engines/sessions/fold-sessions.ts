import { attachQuiet } from './attach-quiet.ts';
import type { FoldedSession } from './folded-session.ts';
import { nearest } from './nearest.ts';
import { inOrder, type SessionEvent } from './session-event.ts';
import { idleMilliseconds, lengthMillisecondsMax } from './session-limits.ts';

const isOpen = ({ startAt, lastAt }: FoldedSession, at: number): boolean =>
  at - lastAt <= idleMilliseconds && at - startAt <= lengthMillisecondsMax;

const begun = (event: SessionEvent): FoldedSession => {
  const { at, device, clientSessionId } = event;
  return { startAt: at, lastAt: at, device, clientSessionId, events: [event], quiet: [] };
};

const join = (session: FoldedSession, event: SessionEvent): void => {
  session.lastAt = event.at;
  session.device ??= event.device;
  session.clientSessionId ??= event.clientSessionId;
  session.events.push(event);
};

/**
 * The sessions of one person's events, whatever their order, by the time at which they began. More than 30 minutes
 * without an event end a session, and so do 24 hours; midnight does not. Each is of one device, and of one session of
 * the client's where the client names any.
 *
 * @example foldSessions([at('10:00'), at('10:30'), at('11:01')].map(sessionEvent)).length // 2
 */
export const foldSessions = (events: readonly SessionEvent[]): FoldedSession[] => {
  const ordered = [...events].sort(inOrder);
  const sessions: FoldedSession[] = [];
  let open: FoldedSession[] = [];
  for (const event of ordered) {
    if (event.isQuiet) continue;
    open = open.filter(session => isOpen(session, event.at));
    const own = nearest(open, event);
    if (own) join(own, event);
    else {
      const session = begun(event);
      sessions.push(session);
      open.push(session);
    }
  }
  attachQuiet(
    sessions,
    ordered.filter(event => event.isQuiet),
  );
  return sessions;
};
