import type { analyzeCohorts } from '../contract/analytics-cohorts.ts';
import type { RouteData, RouteInput } from '../contract/route.ts';
import { cohortReport } from '../engines/analytics/cohort-report.ts';
import { unprocessable } from '../errors.ts';
import { majorUnits } from '../model/minor-units.ts';
import { reportPeriods } from '../model/report-periods.ts';
import type { Analysis } from './analyse.ts';
import { checkEvents } from './known-event.ts';
import { answeredDates, type ReportingClock, reportingRange } from './reporting-range.ts';

type Definition = RouteInput<typeof analyzeCohorts>['body'];
type Data = RouteData<typeof analyzeCohorts>;

const periodsMax = 120;

const periodsOf = (definition: Definition, clock: ReportingClock) => {
  const range = reportingRange(definition, { ...clock, part: 'body', defaultDays: 84 });
  const { interval, weekStart } = definition;
  const { timeZone } = clock;
  const { days, bounds } = reportPeriods(range, interval, { timeZone, weekStart, periodsMax });
  if (days.length > periodsMax)
    throw unprocessable('body.interval', `makes more than ${periodsMax} periods of this time`);
  const from = bounds[0] ?? range.from;
  return { days, bounds, range: { from, until: Math.min(range.until, bounds.at(-1) ?? range.until) } };
};

/** Where nobody is looked for in what was before. */
const always = 0;

/** Who came when, and comes again. @throws Problem `VALIDATION_FAILED` */
export const cohortAnalysis = (
  definition: Definition,
  { accountCurrency, ...clock }: ReportingClock & { accountCurrency: string },
): Analysis<'cohorts', Data> => {
  const { cohortType, interval, mode, segmentId, currency = accountCurrency } = definition;
  const { days, bounds, range } = periodsOf(definition, clock);
  const metric = definition.metric ?? (cohortType === 'revenue' ? 'revenue' : 'retention');
  const isMoney = metric === 'revenue';
  const joinType = definition.event ?? (cohortType === 'revenue' ? 'purchase' : undefined);
  const returnType = definition.returnEvent ?? (isMoney ? 'purchase' : undefined);
  const until = Math.min(range.until, clock.now);
  const joins = cohortType === 'retention' ? ('each' as const) : ('first' as const);
  const edges = [...bounds.slice(0, -1), range.until].map(bound => Math.ceil(bound / 1000));
  return {
    ...{ pass: 'cohorts', part: 'body', people: { segmentId } },
    range: { from: joins === 'first' ? always : range.from, until: range.until },
    told: [cohortType, metric, interval, currency, until >= range.until ? range.until : Math.floor(until / 60_000)],
    asked: {
      ...{ bounds: edges, joins, joinType, returnType, onOrAfter: mode === 'onOrAfter', wholeStart: !isMoney },
      ...(isMoney ? { revenue: { currency, adds: 'purchase', takes: 'refund' } } : {}),
    },
    finish: ({ sums, codes, planned, handleOf }) => {
      const named = [
        { path: 'body.event', event: definition.event },
        { path: 'body.returnEvent', event: definition.returnEvent },
      ];
      checkEvents(named, codes.types, planned);
      const majorOf = isMoney ? (units: number) => majorUnits(units, currency) : undefined;
      return {
        ...{ cohortType, metric, interval, mode, ...answeredDates(range, clock) },
        ...(segmentId === undefined ? {} : { segmentId }),
        ...(isMoney ? { currency } : {}),
        ...cohortReport(sums, { days, bounds, until, majorOf }, handleOf),
      };
    },
  };
};
