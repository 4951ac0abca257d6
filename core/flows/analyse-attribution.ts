import type { getAttribution } from '../contract/analytics-attribution.ts';
import type { RouteData, RouteInput } from '../contract/route.ts';
import { attributionReport } from '../engines/analytics/attribution-report.ts';
import { majorUnits } from '../model/minor-units.ts';
import type { Analysis } from './analyse.ts';
import { checkEvents } from './known-event.ts';
import { answeredDates, type ReportingClock, reportingRange, secondsOf } from './reporting-range.ts';

type Query = RouteInput<typeof getAttribution>['query'];
type Data = RouteData<typeof getAttribution>;

const daySeconds = 86_400;
const directNames = { channel: 'direct', source: '(direct)', campaign: '(direct)' } as const;

/** What brought people here who converted. @throws Problem `VALIDATION_FAILED` */
export const attributionAnalysis = (
  query: Query,
  { accountCurrency, ...clock }: ReportingClock & { accountCurrency: string },
): Analysis<'attribution', Data> => {
  const range = reportingRange(query, { ...clock, part: 'query' });
  const { model, conversionEvent, lookbackDays, halfLifeDays, groupBy, segmentId } = query;
  const currency = query.currency ?? accountCurrency;
  const majorOf = (units: number): number => majorUnits(units, currency);
  return {
    ...{ pass: 'attribution', part: 'query', people: { segmentId }, touch: groupBy },
    range: { from: range.from - lookbackDays * daySeconds * 1000, until: range.until },
    told: [model, lookbackDays, halfLifeDays],
    asked: {
      ...{ ...secondsOf(range), conversionType: conversionEvent, currency, direct: directNames[groupBy] },
      ...{ lookbackSeconds: lookbackDays * daySeconds, halfLifeSeconds: halfLifeDays * daySeconds },
    },
    finish: ({ sums, codes, planned, handleOf }) => {
      checkEvents([{ path: 'query.conversionEvent', event: conversionEvent }], codes.types, planned);
      const models = attributionReport(sums, codes.channels, majorOf, handleOf);
      const told = ({ conversions, revenue, people }: typeof sums.converted, kind: 'converted' | 'unattributed') => ({
        ...{ conversions, revenue: majorOf(revenue), people, handle: handleOf({ kind }) },
      });
      return {
        ...{ model, groupBy, conversionEvent, lookbackDays, halfLifeDays, currency, ...answeredDates(range, clock) },
        ...(segmentId === undefined ? {} : { segmentId }),
        total: told(sums.converted, 'converted'),
        channels: models[model],
        unattributed: told(sums.unattributed, 'unattributed'),
        otherCurrency: sums.otherCurrency,
        models,
      };
    },
  };
};
