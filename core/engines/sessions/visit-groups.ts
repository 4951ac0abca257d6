import type { FoldedSession } from './folded-session.ts';

/**
 * Sessions of one person that overlap, whatever their devices: one visit each. Two overlap where one begins before, or
 * at the moment when, the other ends. `sessions` stand in the order in which they began.
 */
export const visitGroups = (sessions: readonly FoldedSession[]): FoldedSession[][] => {
  const groups: FoldedSession[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const session of sessions) {
    const group = session.startAt <= end ? groups.at(-1) : undefined;
    if (group) group.push(session);
    else groups.push([session]);
    end = Math.max(end, session.lastAt);
  }
  return groups;
};
