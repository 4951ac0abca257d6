import type { SessionEvent } from './session-event.ts';

/** What of a session tells whether an event is one of it. */
interface Named {
  lastAt: number;
  device: string | undefined;
  clientSessionId: string | undefined;
}

const agree = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const isSame = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** The client's own name says more than the device. */
const closeness = (session: Named, { device, clientSessionId }: SessionEvent): number =>
  (isSame(session.clientSessionId, clientSessionId) ? 2 : 0) + (isSame(session.device, device) ? 1 : 0);

/**
 * The session that an event belongs to: of those that neither its device nor its client's name speaks against, the one
 * that has most in common with it, then the one that went on last, then the one that began last. `sessions` stand in the
 * order in which they began.
 */
export const nearest = <Session extends Named>(
  sessions: Iterable<Session>,
  event: SessionEvent,
): Session | undefined => {
  let best: Session | undefined;
  for (const session of sessions) {
    const { device, clientSessionId } = session;
    if (!agree(device, event.device) || !agree(clientSessionId, event.clientSessionId)) continue;
    const closer = best === undefined ? 0 : closeness(session, event) - closeness(best, event);
    if (best === undefined || closer > 0 || (closer === 0 && session.lastAt >= best.lastAt)) best = session;
  }
  return best;
};
