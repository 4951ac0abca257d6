import { calendarDay } from '../model/calendar-day.ts';
import type { Collection, Document } from '../ports/collection.ts';
import type { CounterStore } from '../ports/counters.ts';

interface StatsTools {
  counters: CounterStore;
  segments: Collection<Document>;
  audiences: Collection<Document>;
  now: () => Date;
}

/** How much of everything there is; `today` is the calendar day in the reporting time zone. */
export const platformStats = async (reportingTimezone: string, { counters, segments, audiences, now }: StatsTools) => {
  const [totals, allSegments, allAudiences] = await Promise.all([counters.totals(), segments.all(), audiences.all()]);
  const today = totals.byDay[calendarDay(now().getTime(), reportingTimezone)];
  return {
    totalProfiles: totals.profiles,
    totalEvents: totals.events,
    totalSegments: allSegments.length,
    totalAudiences: allAudiences.length,
    profilesCreatedToday: today?.profiles ?? 0,
    eventsTrackedToday: today?.events ?? 0,
  };
};
