import type { analyzeJourneys } from '../contract/analytics-journeys.ts';
import type { RouteData, RouteInput } from '../contract/route.ts';
import { journeyReport } from '../engines/analytics/journey-report.ts';
import type { Analysis } from './analyse.ts';
import { checkEvents } from './known-event.ts';
import { answeredDates, type ReportingClock, reportingRange, secondsOf } from './reporting-range.ts';

type Definition = RouteInput<typeof analyzeJourneys>['body'];
type Data = RouteData<typeof analyzeJourneys>;

/** Which ways people go. @throws Problem `VALIDATION_FAILED` */
export const journeyAnalysis = (definition: Definition, clock: ReportingClock): Analysis<'journeys', Data> => {
  const range = reportingRange(definition, { ...clock, part: 'body' });
  const { startEvent, endEvent, depth, minCount, segmentId } = definition;
  const isBack = startEvent === undefined && endEvent !== undefined;
  return {
    ...{ pass: 'journeys', part: 'body', range, people: { segmentId }, told: minCount },
    asked: { ...secondsOf(range), startEvent, endEvent, depth },
    finish: ({ sums, codes, planned, handleOf }) => {
      const named = [
        { path: 'body.startEvent', event: startEvent },
        { path: 'body.endEvent', event: endEvent },
      ];
      checkEvents(named, codes.types, planned);
      const reported = { types: codes.types, depth, firstStep: isBack ? 1 - depth : 0, minCount };
      return {
        ...{ ...answeredDates(range, clock), depth },
        ...(segmentId === undefined ? {} : { segmentId }),
        people: sums.people,
        ...journeyReport(sums, reported, handleOf),
      };
    },
  };
};
