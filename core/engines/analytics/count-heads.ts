import { calendarDay } from '../../model/calendar-day.ts';
import { keptDaysOfCounts } from '../../model/kept-days.ts';
import type { Head } from '../../model/profile-state.ts';

/** Sums over all profiles; `byDay` tells what came to be on each day, whatever was erased since. */
interface Sums {
  profiles: number;
  events: number;
  byDay: Record<string, { profiles: number; events: number }>;
  /** Epoch ms of the newest change that is counted. */
  watermark: number;
}

/** One change of a head. */
interface HeadChange {
  before: Head | undefined;
  after: Head | undefined;
}

/** As far back as any question looks; the sums stay in one small item. */
const daysKept = keptDaysOfCounts;

const liveIn = (head: Head | undefined) => ({
  profiles: head?.life === 'live' ? 1 : 0,
  events: head?.life === 'live' || head?.anonymised ? head.counters.events : 0,
});

/**
 * Adds changes of heads to the sums: a profile counts while it is live, and so do its events, which go on counting where
 * it was made anonymous. The order of the changes
 * does not matter, since each adds the difference that it made.
 */
export const countHeads = (sums: Sums, changes: readonly HeadChange[], timeZone: string): Sums =>
  withRecentDays(changes.reduce((counted, change) => countOne(counted, change, timeZone), sums));

/** A merge, and its undoing, brings nothing about that was not there before. */
const isJoining = (before: Head | undefined, after: Head): boolean =>
  before?.life === 'merged' || (before?.members?.length ?? 0) !== (after.members?.length ?? 0);

const countOne = (sums: Sums, { before, after }: HeadChange, timeZone: string): Sums => {
  const [was, is] = [liveIn(before), liveIn(after)];
  const more = { profiles: is.profiles - was.profiles, events: is.events - was.events };
  const { byDay, watermark } = sums;
  return {
    profiles: sums.profiles + more.profiles,
    events: sums.events + more.events,
    byDay: after?.life === 'live' && !isJoining(before, after) ? addDay(byDay, after, more, timeZone) : byDay,
    watermark: Math.max(watermark, after?.updatedAt ?? 0),
  };
};

const addDay = (
  byDay: Sums['byDay'],
  { createdAt, updatedAt }: Head,
  more: { profiles: number; events: number },
  timeZone: string,
): Sums['byDay'] => {
  if (more.profiles === 0 && more.events === 0) return byDay;
  const [bornOn, changedOn] = [calendarDay(createdAt, timeZone), calendarDay(updatedAt, timeZone)];
  const born = byDay[bornOn] ?? { profiles: 0, events: 0 };
  const withProfiles = { ...byDay, [bornOn]: { ...born, profiles: born.profiles + more.profiles } };
  const changed = withProfiles[changedOn] ?? { profiles: 0, events: 0 };
  return { ...withProfiles, [changedOn]: { ...changed, events: changed.events + more.events } };
};

const withRecentDays = (sums: Sums): Sums => ({
  ...sums,
  byDay: Object.fromEntries(
    Object.entries(sums.byDay)
      .sort(([left], [right]) => (left < right ? 1 : -1))
      .slice(0, daysKept),
  ),
});
