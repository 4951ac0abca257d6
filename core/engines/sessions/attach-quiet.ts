import type { FoldedSession } from './folded-session.ts';
import { nearest } from './nearest.ts';
import type { SessionEvent } from './session-event.ts';
import { idleMilliseconds } from './session-limits.ts';

/**
 * Adds to each session what happened during it, or in the pause after it, without the person being there: the order that
 * a server reports is one of the visit. Both stand in the order of time.
 */
export const attachQuiet = (sessions: readonly FoldedSession[], quiet: readonly SessionEvent[]): void => {
  let begun = 0;
  let open: FoldedSession[] = [];
  for (const event of quiet) {
    for (let next = sessions[begun]; next && next.startAt <= event.at; next = sessions[begun]) {
      open.push(next);
      begun += 1;
    }
    open = open.filter(({ lastAt }) => event.at - lastAt <= idleMilliseconds);
    nearest(open, event)?.quiet.push(event);
  }
};
