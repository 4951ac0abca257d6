import { type SessionEvent, sessionEvent } from '../engines/sessions/session-event.ts';
import { idleMilliseconds, lengthMillisecondsMax } from '../engines/sessions/session-limits.ts';
import type { SessionView } from '../engines/sessions/session-view.ts';
import { type KnownSession, knownSessions } from '../engines/sessions/sessions-of.ts';
import { settledFrom } from '../engines/sessions/settled-from.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { EventLake, EventPageQuery } from '../ports/event-lake.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { restoredEvents } from './restored-events.ts';

export interface LakeSessionTools {
  eventLake: EventLake;
  seals: ProfileSeals;
  accountCurrency: string;
  budget: QuestionBudget;
}

/** What was read of events: all of those after `readFrom` and before `readTo` (epoch ms). */
export interface ReadEvents {
  byProfile: Map<string, SessionEvent[]>;
  /** Ids of all of them. */
  ids: Set<string>;
  readFrom: number;
  readTo: number;
  asOf?: number;
  /** What the table has of the one person who is asked for: the lake may not know the latest of it yet. */
  kept?: KeptOfOne | undefined;
}

export interface KeptOfOne {
  profileId: string;
  events: readonly SessionEvent[];
}

/** People whose events are read by themselves, for one answer. */
const peopleMax = 300;
const lanes = 4;
/** Of one person in some days. */
const eventsMax = 20_000;

/** Nothing is read of everybody's events before `readTo`. */
export const nothingRead = (readTo: number): ReadEvents => ({
  byProfile: new Map(),
  ids: new Set(),
  readFrom: Number.POSITIVE_INFINITY,
  readTo,
});

/** All that is kept of one person is read, which is everything that happened after `keptFrom` (epoch ms). */
export const keptRead = (kept: KeptOfOne, keptFrom: number, readTo: number): ReadEvents => {
  const read = { ...nothingRead(readTo), kept, readFrom: keptFrom };
  takeKept(read);
  return read;
};

const take = ({ byProfile, ids }: ReadEvents, profileId: string, event: SessionEvent): void => {
  if (ids.has(event.id)) return;
  ids.add(event.id);
  const own = byProfile.get(profileId);
  if (own) own.push(event);
  else byProfile.set(profileId, [event]);
};

/** Takes what is kept of the time that was read. */
const takeKept = (read: ReadEvents): void => {
  const { kept, readFrom, readTo } = read;
  for (const event of kept?.events ?? []) {
    if (kept && event.at > readFrom && event.at < readTo) take(read, kept.profileId, event);
  }
};

/** Reads a page more; returns where to go on, `undefined` at the end. */
export const readOn = async (
  read: ReadEvents,
  query: EventPageQuery,
  { eventLake, seals, budget }: LakeSessionTools,
): Promise<string | undefined> => {
  const { events, nextCursor, asOf } = await eventLake.page({ ...query, ...budget.reading() });
  for (const { event, profileId } of await restoredEvents(events, seals)) {
    take(read, profileId, sessionEvent(event));
  }
  read.readFrom = nextCursor === undefined ? Number.NEGATIVE_INFINITY : (events.at(-1)?.row.timestamp ?? read.readFrom);
  if (asOf !== undefined) read.asOf = Math.max(asOf, read.asOf ?? 0);
  takeKept(read);
  return nextCursor;
};

const beganAfter = (known: readonly KnownSession[], at: number): KnownSession[] =>
  known.filter(({ session }) => session.startAt > at);

/**
 * Sessions of which nothing older could change anything, as far as every one that began after them is among them: those
 * that began after `settledTo` (epoch ms).
 */
export const settledSessions = (
  { byProfile, readFrom }: ReadEvents,
  accountCurrency: string,
): { known: KnownSession[]; settledTo: number } => {
  let settledTo = readFrom;
  const known: KnownSession[] = [];
  for (const [profileId, events] of byProfile) {
    const since = settledFrom(events, readFrom) ?? Number.POSITIVE_INFINITY;
    for (const { isQuiet, at } of events) if (!isQuiet && at < since) settledTo = Math.max(settledTo, at);
    const settled = events.filter(({ at }) => at >= since);
    known.push(...knownSessions(settled, { profileId, accountCurrency }));
  }
  return { known: beganAfter(known, settledTo), settledTo };
};

const isUnsettled = (events: readonly SessionEvent[], readFrom: number): boolean => {
  const since = settledFrom(events, readFrom) ?? Number.POSITIVE_INFINITY;
  return events.some(({ isQuiet, at }) => !isQuiet && at < since);
};

/**
 * Every session that began after what is unread. Of those whom that might concern the events are read by themselves, as
 * far as they are not too many: of more, what was read has to do.
 */
export const everySession = async (read: ReadEvents, tools: LakeSessionTools): Promise<KnownSession[]> => {
  const { byProfile, readFrom } = read;
  const unsettled = [...byProfile]
    .filter(([, events]) => isUnsettled(events, readFrom))
    .map(([profileId]) => profileId);
  const whole = await eventsAround(unsettled.slice(0, peopleMax), read, tools);
  const { accountCurrency } = tools;
  const known = [...byProfile].flatMap(([profileId, events]) =>
    knownSessions(whole.get(profileId) ?? events, { profileId, accountCurrency }),
  );
  return beganAfter(known, readFrom);
};

/** The same sessions, each with what of it came after what was read. */
export const completedSessions = async (
  known: readonly KnownSession[],
  read: ReadEvents,
  tools: LakeSessionTools,
): Promise<SessionView[]> => {
  const goingOn = known.filter(({ session }) => session.lastAt > read.readTo - idleMilliseconds);
  const profileIds = [...new Set(goingOn.map(({ view }) => view.profileId))];
  const whole = await eventsAround(profileIds, read, tools);
  const { accountCurrency } = tools;
  const completed = [...whole].flatMap(([profileId, events]) => knownSessions(events, { profileId, accountCurrency }));
  const byFirstEvent = new Map(completed.map(one => [one.session.events[0]?.id, one.view]));
  return known.map(({ session, view }) => byFirstEvent.get(session.events[0]?.id) ?? view);
};

/** What was read of some people, and further into both directions, far enough to tell the sessions in between. */
const eventsAround = async (
  profileIds: readonly string[],
  { byProfile, readFrom, readTo, kept }: ReadEvents,
  { eventLake, seals, budget }: LakeSessionTools,
): Promise<ReadonlyMap<string, readonly SessionEvent[]>> => {
  const range = {
    from: readFrom - 2 * lengthMillisecondsMax,
    until: readTo + lengthMillisecondsMax + idleMilliseconds,
    limit: eventsMax,
  };
  const whole = await inLanes(profileIds, lanes, async profileId => {
    const { events } = await eventLake.page({ profileId, ...range, ...budget.reading() });
    const restored = await restoredEvents(events, seals);
    const around = [
      ...(byProfile.get(profileId) ?? []),
      ...(kept?.profileId === profileId ? kept.events : []).filter(({ at }) => at >= range.from && at < range.until),
      ...restored.map(({ event }) => sessionEvent(event)),
    ];
    return [profileId, [...new Map(around.map(event => [event.id, event])).values()]] as const;
  });
  return new Map(whole);
};
