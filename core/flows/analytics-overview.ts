import { unavailable, unprocessable } from '../errors.ts';
import type { Question } from '../language/sql/question.ts';
import { calendarDay } from '../model/calendar-day.ts';
import { keptDaysOfCounts } from '../model/kept-days.ts';
import { percent } from '../model/percent.ts';
import { consentChannels } from '../model/profile.ts';
import { consentColumn } from '../model/profile-snapshot.ts';
import { reportPeriods } from '../model/report-periods.ts';
import type { CounterStore, Totals } from '../ports/counters.ts';
import { type QueryEngine, QueryOverBudget } from '../ports/query-engine.ts';
import { overviewHandle } from './overview-people.ts';
import { type ReportingClock, type ReportingRange, reportingRange } from './reporting-range.ts';

interface OverviewTools {
  counters: CounterStore;
  queryEngine: QueryEngine;
}

const budgetSeconds = 20;
const countriesMax = 10;
const daysMax = keptDaysOfCounts - 1;
const dayMs = 86_400_000;

const ltv = 'coalesce(ltv_exact, CAST(ltv_cents AS DOUBLE) / 100)';

const everybody: Question = (_dialect, { text }) => ({
  text: `SELECT count(*) AS profiles, avg(${ltv}) AS ltv, avg(CAST(purchase_count AS DOUBLE)) AS purchases, ${consentChannels
    .map(channel => `sum(CASE WHEN ${consentColumn(channel)} THEN 1 ELSE 0 END) AS ${consentColumn(channel)}`)
    .join(', ')} FROM ${text}`,
  values: [],
});

const byCountry: Question = (_dialect, { text }) => ({
  text: `SELECT country, count(*) AS profiles FROM ${text} WHERE country IS NOT NULL
    GROUP BY country ORDER BY profiles DESC, country LIMIT ${countriesMax}`,
  values: [],
});

const rounded = (value: unknown): number => Math.round(Number(value ?? 0) * 100) / 100;

type Dates = { startDate?: string | undefined; endDate?: string | undefined };

/**
 * The figures of a dashboard: of everybody as they are now, and how their number has gone.
 *
 * @throws Problem `VALIDATION_FAILED` for days that are not known any more @throws Problem `UNAVAILABLE`
 */
export const analyticsOverview = async (dates: Dates, clock: ReportingClock, tools: OverviewTools) => {
  const range = reportingRange(dates, { ...clock, part: 'query' });
  const [totals, people] = await Promise.all([tools.counters.totals(), peopleNow(tools)]);
  const overview = { ...people.figures, totalEvents: totals.events, trends: trendsOf(range, totals, clock) };
  return { overview, asOf: Math.max(people.asOf, totals.watermark) };
};

const peopleNow = async ({ queryEngine }: OverviewTools) => {
  try {
    const [totals, countries] = await Promise.all([
      queryEngine.ask(everybody, budgetSeconds),
      queryEngine.ask(byCountry, budgetSeconds),
    ]);
    const [row = {}] = totals.rows;
    const profiles = Number(row.profiles ?? 0);
    const rates = consentChannels.map(channel => [
      channel,
      percent(Number(row[consentColumn(channel)] ?? 0), profiles),
    ]);
    const figures = {
      totalProfiles: profiles,
      averageLtv: rounded(row.ltv),
      averagePurchaseCount: rounded(row.purchases),
      consentRate: Object.fromEntries(rates) as Record<string, number>,
      topCountries: countries.rows.map(one => ({
        country: String(one.country),
        count: Number(one.profiles),
        handle: overviewHandle.country(String(one.country)),
      })),
      handles: {
        totalProfiles: overviewHandle.all,
        consentRate: Object.fromEntries(consentChannels.map(channel => [channel, overviewHandle.consent(channel)])),
      },
    };
    return { figures, asOf: totals.asOf };
  } catch (fault) {
    if (fault instanceof QueryOverBudget) throw unavailable('The overview');
    throw fault;
  }
};

type Counts = { profiles: number; events: number };

/** How many came on each day of the range, and how many in it and in as much time before. */
const trendsOf = (range: ReportingRange, { byDay }: Pick<Totals, 'byDay'>, { timeZone, now }: ReportingClock) => {
  const asked = { timeZone, weekStart: 'monday' as const, periodsMax: daysMax };
  const { days } = reportPeriods({ from: range.from, until: Math.min(range.until, now + 1) }, 'day', asked);
  const oldest = calendarDay(now - (daysMax - 1) * dayMs, timeZone);
  if (days.length > daysMax || (days[0] ?? oldest) < oldest)
    throw unprocessable('query.startDate', `is before ${oldest}: days are known so far back`);
  const before = reportPeriods({ from: range.from - days.length * dayMs, until: range.from }, 'day', asked).days;
  const countOf = (day: string): Counts => byDay[day] ?? { profiles: 0, events: 0 };
  const isKnown = (before[0] ?? oldest) >= oldest;
  const changeOf = (name: keyof Counts) => {
    const [current, previous] = [days, before.slice(-days.length)].map(some =>
      some.reduce((all, day) => all + countOf(day)[name], 0),
    ) as [number, number];
    const change = isKnown && previous > 0 ? { change: percent(current - previous, previous) } : {};
    return { current, previous: isKnown ? previous : 0, ...change };
  };
  return {
    profiles: changeOf('profiles'),
    events: changeOf('events'),
    days: days.map(day => ({ day, ...countOf(day) })),
  };
};
