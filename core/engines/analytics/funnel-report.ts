import type { FunnelCell, FunnelSums } from '../../model/funnel-sums.ts';
import { percent } from '../../model/percent.ts';
import { middleOf } from './nth-of.ts';

/** Figures of one step. Rates in percent, times in seconds. */
interface FunnelStep {
  step: number;
  event: string;
  /** People who reached it. */
  count: number;
  /** Of those who began. */
  conversion: number;
  /** Of those who reached the step before. */
  conversionFromPrevious: number;
  /** People who reached the step before and not this one, and their share of those. */
  dropoff: number;
  dropoffRate: number;
  /** From the step before. */
  medianTimeToConvert?: number;
  meanTimeToConvert?: number;
  medianTimeFromStart?: number;
  meanTimeFromStart?: number;
  handle: string;
  dropoffHandle?: string;
}

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100;

const timesOf = (sums: Pick<FunnelSums, 'sincePrevious' | 'sinceStart'>, cell: number) => {
  const [previous, start] = [middleOf(sums.sincePrevious[cell] ?? []), middleOf(sums.sinceStart[cell] ?? [])];
  return {
    ...(previous ? { medianTimeToConvert: rounded(previous.median), meanTimeToConvert: rounded(previous.mean) } : {}),
    ...(start ? { medianTimeFromStart: rounded(start.median), meanTimeFromStart: rounded(start.mean) } : {}),
  };
};

/** The steps of one group, each figure with what tells who is behind it. */
export const funnelSteps = (
  sums: FunnelSums,
  steps: readonly string[],
  group: number,
  handleOf: (cell: FunnelCell) => string,
): FunnelStep[] => {
  const first = group * (steps.length + 1);
  const reached = (step: number): number =>
    sums.depths.slice(first + step, first + steps.length + 1).reduce((all, count) => all + count, 0);
  const began = reached(1);
  return steps.map((event, place) => {
    const step = place + 1;
    const [count, before] = [reached(step), step === 1 ? began : reached(step - 1)];
    return {
      ...{ step, event, count, conversion: percent(count, began), conversionFromPrevious: percent(count, before) },
      ...{ dropoff: before - count, dropoffRate: percent(before - count, before) },
      ...(step === 1 ? {} : timesOf(sums, first + step)),
      handle: handleOf({ step, stopped: false, group }),
      ...(step === 1 ? {} : { dropoffHandle: handleOf({ step: step - 1, stopped: true, group }) }),
    };
  });
};
