import { anomaliesIn } from '../engines/forecasting/anomalies-in.ts';
import { forecastOf } from '../engines/forecasting/forecast-of.ts';
import { trendOf } from '../engines/forecasting/trend-of.ts';
import { unavailable, unprocessable } from '../errors.ts';
import { calendarDay, startOfDay } from '../model/calendar-day.ts';
import type { EventSeries, SeriesPeriod } from '../ports/event-series.ts';
import { QueryOverBudget } from '../ports/query-engine.ts';

export interface SeriesTools {
  eventSeries: EventSeries;
  settings: { reportingTimezone: string; accountCurrency: string };
  now: () => Date;
}

type Metric = keyof SeriesPeriod;
const metrics: readonly Metric[] = ['events', 'people', 'purchases', 'revenue'];
const [budgetSeconds, daysMax, week, dayMilliseconds, anomalyDays] = [20, 800, 7, 86_400_000, 90];

const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMilliseconds;

const read = async (first: string, periods: number, step: number, type: string | undefined, tools: SeriesTools) => {
  const { reportingTimezone, accountCurrency } = tools.settings;
  const days = Array.from({ length: periods + 1 }, (_, place) => plusDays(first, place * step));
  const bounds = days.map(day => startOfDay(day, reportingTimezone));
  try {
    const values = await tools.eventSeries.read(bounds, type, accountCurrency, budgetSeconds);
    return { days: days.slice(0, periods), values };
  } catch (fault) {
    if (fault instanceof QueryOverBudget) throw unavailable('So long a series');
    throw fault;
  }
};

const yesterday = ({ now, settings }: SeriesTools): string =>
  plusDays(calendarDay(now().getTime(), settings.reportingTimezone), -1);

/** Monday of the week of a day. */
const mondayOf = (day: string): string => plusDays(day, -((new Date(day).getUTCDay() + 6) % week));

interface TrendAsked {
  metric: Metric;
  type?: string | undefined;
  interval: 'day' | 'week';
  startDate: string;
  endDate: string;
}

/** @throws Problem `VALIDATION_FAILED` for a range that ends before it begins, or is too long */
export const findTrend = async ({ metric, type, interval, startDate, endDate }: TrendAsked, tools: SeriesTools) => {
  const days = daysBetween(startDate, endDate) + 1;
  if (days < 1) throw unprocessable('body.endDate', 'is before startDate');
  if (days > daysMax) throw unprocessable('body.endDate', `is more than ${daysMax} days after startDate`);
  const isWeekly = interval === 'week';
  const first = isWeekly ? mondayOf(startDate) : startDate;
  const periods = isWeekly ? Math.ceil((daysBetween(first, endDate) + 1) / week) : days;
  const found = await read(first, periods, isWeekly ? week : 1, type, tools);
  const series = found.days.map((date, place) => ({ date, value: found.values[place]?.[metric] ?? 0 }));
  return { series, trend: trendOf(series.map(({ value }) => value)) };
};

interface ForecastAsked {
  metric: Metric;
  type?: string | undefined;
  horizon: number;
  historyDays: number;
}

/** Days before anything happened are no history. */
const fromFirst = (values: readonly number[]): number[] =>
  values.slice(
    Math.max(
      0,
      values.findIndex(value => value !== 0),
    ),
  );

export const forecastMetric = async ({ metric, type, horizon, historyDays }: ForecastAsked, tools: SeriesTools) => {
  const last = yesterday(tools);
  const { values } = await read(plusDays(last, 1 - historyDays), historyDays, 1, type, tools);
  const history = values.some(value => value[metric] !== 0) ? fromFirst(values.map(value => value[metric])) : [];
  const { points, ...found } = forecastOf(history, week, horizon);
  return { ...found, points: points.map((point, ahead) => ({ date: plusDays(last, ahead + 1), ...point })) };
};

interface AnomaliesAsked {
  metric?: Metric | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
}

/** @throws Problem `VALIDATION_FAILED` for a range that ends before it begins, or is too long */
export const listAnomalies = async ({ metric, startDate, endDate }: AnomaliesAsked, tools: SeriesTools) => {
  const newest = yesterday(tools);
  const last = endDate !== undefined && endDate < newest ? endDate : newest;
  const from = startDate ?? plusDays(last, 1 - anomalyDays);
  const days = daysBetween(from, last) + 1;
  if (endDate !== undefined && startDate !== undefined && endDate < startDate)
    throw unprocessable('query.endDate', 'is before startDate');
  if (days > daysMax) throw unprocessable('query.startDate', `is more than ${daysMax} days before the end`);
  if (days < 1) return { items: [] };
  /** Weeks before the range tell what is usual in its beginning. */
  const before = 8 * week;
  const found = await read(plusDays(from, -before), days + before, 1, undefined, tools);
  const dayAt = (place: number) => found.days[place] ?? last;
  const wanted = metric ? [metric] : metrics;
  const items = wanted.flatMap(name =>
    anomaliesIn(
      found.values.map(value => value[name]),
      week,
    )
      .filter(({ to }) => dayAt(to) >= from)
      .map(({ from: first, to, peak, value, expected, score }) => ({
        ...{ metric: name, startDate: dayAt(first), endDate: dayAt(to), peakDate: dayAt(peak), value, expected, score },
        inWords: `${value} ${name} on ${dayAt(peak)} where ${expected} are usual`,
      })),
  );
  return { items: items.sort((one, other) => (one.startDate < other.startDate ? 1 : -1)) };
};
