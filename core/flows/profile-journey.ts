import type { TrackedEvent } from '../contract/events.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';
import { instantRange } from '../model/calendar-day.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { profileSessions } from './list-sessions.ts';
import { profileEvents } from './profile-events.ts';
import type { LakeSessionTools } from './read-sessions.ts';
import { answeredDates } from './reporting-range.ts';

interface JourneyTools extends LakeSessionTools {
  profiles: ProfileStore;
  now: () => Date;
}

interface JourneyQuery {
  startDate?: string | undefined;
  endDate?: string | undefined;
  limit: number;
}

const sessionsMax = 1000;

/** A profile's way in the order of time: what it did, from where it came, what it bought. @throws Problem `NOT_FOUND` */
export const profileJourney = async (id: string, query: JourneyQuery, timeZone: string, tools: JourneyTools) => {
  const { limit } = query;
  const range = instantRange(query, timeZone);
  const reading = tools.budget.reading();
  const { items, nextCursor } = await profileEvents(id, { ...range, limit, ...reading }, tools);
  const events = items.toReversed();
  const first = Date.parse(events[0]?.timestamp ?? '');
  const from = Number.isNaN(first) ? range.from : first - 24 * 3_600_000;
  const found = await profileSessions(id, { from, until: range.until, limit: sessionsMax }, tools);
  const sessions = found.items.toReversed();
  const steps = events.map((event, step) => stepOf(event, step, sessions));
  const told = {
    from: Number.isFinite(range.from) ? range.from : first || 0,
    until: Number.isFinite(range.until) ? range.until : tools.now().getTime(),
  };
  return {
    ...answeredDates(told, { timeZone }),
    steps: withChannels(steps, sessions),
    links: linksOf(events.map(({ type }) => type)),
    sessions: new Set(steps.flatMap(({ sessionId }) => sessionId ?? [])).size,
    conversions: steps.filter(({ conversion }) => conversion).length,
    truncated: nextCursor !== undefined,
  };
};

interface Step {
  step: number;
  at: string;
  event: string;
  eventId: string;
  sessionId?: string;
  conversion: boolean;
}

/** The last session that had begun by then and had not ended. */
const stepOf = ({ id, type, timestamp }: TrackedEvent, step: number, sessions: readonly SessionView[]): Step => {
  const session = sessions.findLast(({ startedAt, endedAt }) => startedAt <= timestamp && timestamp <= endedAt);
  const sessionId = session === undefined ? {} : { sessionId: session.id };
  return { step, at: timestamp, event: type, eventId: id, ...sessionId, conversion: type === 'purchase' };
};

/** Where a session came from stands at its first step. */
const withChannels = (steps: readonly Step[], sessions: readonly SessionView[]) => {
  const told = new Set<string>();
  const channels = new Map(sessions.map(({ id, channel }) => [id, channel]));
  return steps.map(step => {
    const { sessionId } = step;
    const channel = sessionId === undefined || told.has(sessionId) ? undefined : channels.get(sessionId);
    if (sessionId !== undefined) told.add(sessionId);
    return channel === undefined ? step : { ...step, channel };
  });
};

/** How often it went from one kind of event to another; the most frequent first. */
const linksOf = (types: readonly string[]) => {
  const counts = new Map<string, { source: string; target: string; count: number }>();
  for (const [place, target] of types.entries()) {
    const source = types[place - 1];
    if (source === undefined || source === target) continue;
    const key = JSON.stringify([source, target]);
    counts.set(key, { source, target, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((one, other) => other.count - one.count);
};
