import type { analyzeFunnel } from '../contract/analytics-funnel.ts';
import type { RouteData, RouteInput } from '../contract/route.ts';
import { funnelSteps } from '../engines/analytics/funnel-report.ts';
import { unprocessable } from '../errors.ts';
import { durationMs } from '../language/duration.ts';
import type { Analysis } from './analyse.ts';
import { checkEvents } from './known-event.ts';
import { answeredDates, type ReportingClock, reportingRange, secondsOf } from './reporting-range.ts';

type Definition = RouteInput<typeof analyzeFunnel>['body'];
type Data = RouteData<typeof analyzeFunnel>;

const windowSecondsMax = 366 * 86_400;

const secondsIn = (timeWindow: Definition['timeWindow']): number => {
  const seconds = typeof timeWindow === 'number' ? timeWindow : Math.round((durationMs(timeWindow) ?? 0) / 1000);
  if (seconds > windowSecondsMax) throw unprocessable('body.timeWindow', 'is more than 366 days');
  return seconds;
};

const checkExclusions = ({ steps, exclusions }: Definition): void => {
  const place = exclusions.findIndex(({ event }) => steps.some(step => step.event === event));
  if (place >= 0) throw unprocessable(`body.exclusions.${place}.event`, 'is a step, too');
};

const namedIn = ({ steps, exclusions }: Definition) => [
  ...steps.map(({ event }, place) => ({ path: `body.steps.${place}.event`, event })),
  ...exclusions.map(({ event }, place) => ({ path: `body.exclusions.${place}.event`, event })),
];

/** How far people get through steps. @throws Problem `VALIDATION_FAILED` */
export const funnelAnalysis = (definition: Definition, clock: ReportingClock): Analysis<'funnel', Data> => {
  const range = reportingRange(definition, { ...clock, part: 'body' });
  const windowSeconds = secondsIn(definition.timeWindow);
  checkExclusions(definition);
  const { name, order, segmentId, breakdown } = definition;
  const steps = definition.steps.map(({ event }) => event);
  const exclusions = definition.exclusions.map(({ event }) => event);
  return {
    ...{ pass: 'funnel', part: 'body', range, people: { segmentId, breakdown }, told: name },
    asked: { ...secondsOf(range), steps, order, exclusions, windowSeconds },
    finish: ({ sums, codes, planned, groups, handleOf }) => {
      checkEvents(namedIn(definition), codes.types, planned);
      const whole = { ...sums, ...together(sums, groups.length) };
      return {
        ...(name === undefined ? {} : { name }),
        ...{ order, timeWindow: windowSeconds, timeWindowUnit: 'seconds' as const, ...answeredDates(range, clock) },
        ...(segmentId === undefined ? {} : { segmentId }),
        steps: funnelSteps(whole, steps, 0, cell => handleOf({ ...cell, group: groups.length === 1 ? 0 : anyGroup })),
        ...(breakdown === undefined
          ? {}
          : {
              breakdown: {
                field: breakdown,
                groups: groups.flatMap((value, group) => {
                  const [first, ...others] = funnelSteps(sums, steps, group, handleOf);
                  return first && first.count > 0 ? [{ value, steps: [first, ...others] }] : [];
                }),
              },
            }),
      };
    },
  };
};

/** Whatever group somebody is in. */
const anyGroup = -1;

interface Divided {
  depths: number[];
  sincePrevious: Uint32Array[][];
  sinceStart: Uint32Array[][];
}

/** The figures of all groups as those of one. */
const together = ({ depths, sincePrevious, sinceStart }: Divided, groups: number): Divided => {
  const width = depths.length / groups;
  const places = Array.from({ length: width }, (_, step) =>
    Array.from({ length: groups }, (_group, group) => group * width + step),
  );
  return {
    depths: places.map(own => own.reduce((all, place) => all + (depths[place] ?? 0), 0)),
    sincePrevious: places.map(own => own.flatMap(place => sincePrevious[place] ?? [])),
    sinceStart: places.map(own => own.flatMap(place => sinceStart[place] ?? [])),
  };
};
