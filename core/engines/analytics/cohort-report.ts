import type { CohortCell, CohortSums } from '../../model/cohort-sums.ts';
import { percent } from '../../model/percent.ts';

/** What a report of cohorts is about. Instants in epoch ms. */
export interface CohortsReported {
  /** The first day of each period, the instants at which they begin, and at the end the one at which the last is over. */
  days: readonly string[];
  bounds: readonly number[];
  /** Up to when events are looked at. */
  until: number;
  /** Of minor units; absent where nothing is asked of money. */
  majorOf?: ((units: number) => number) | undefined;
}

/** Rates in percent; money in the currency. */
interface CohortPeriod {
  period: number;
  start: string;
  count: number;
  rate: number;
  /** It is over: every event of it has been seen. */
  complete: boolean;
  /** In points of percent: to the mean of all cohorts, and to the cohort before. */
  versusMean?: number;
  versusPrevious?: number;
  revenue?: number;
  cumulativeRevenue?: number;
  revenuePerMember?: number;
  cumulativeRevenuePerMember?: number;
  handle: string;
}

interface Cohort {
  start: string;
  size: number;
  handle: string;
  periods: CohortPeriod[];
}

/** Of complete periods alone, every member counts the same. */
interface CohortMean {
  period: number;
  cohorts: number;
  members: number;
  rate: number;
  revenuePerMember?: number;
  cumulativeRevenuePerMember?: number;
}

const difference = (one: number, other: number): number => Math.round((one - other) * 100) / 100;

/** Cohorts by the period in which they joined, each followed through the periods since, and their weighted mean. */
export const cohortReport = (
  { sizes, active, revenue }: Omit<CohortSums, 'collected'>,
  { days, bounds, until, majorOf }: CohortsReported,
  handleOf: (cell: CohortCell) => string,
): { cohorts: Cohort[]; mean: CohortMean[] } => {
  const periods = days.length;
  const isComplete = (period: number): boolean => (bounds[period + 1] ?? Number.POSITIVE_INFINITY) <= until;
  const countOf = (cohort: number, since: number): number => active[cohort * periods + since] ?? 0;
  const unitsOf = (cohort: number, since: number): number => revenue[cohort * periods + since] ?? 0;
  const unitsUpTo = (cohort: number, since: number): number =>
    Array.from({ length: since + 1 }, (_, one) => unitsOf(cohort, one)).reduce((all, units) => all + units, 0);
  const each = days.map((_, cohort) => cohort);
  const perMember = (units: number, size: number): number => majorOf?.(size === 0 ? 0 : Math.round(units / size)) ?? 0;
  const meanOf = (since: number): CohortMean => {
    const known = each.filter(
      cohort => cohort + since < periods && isComplete(cohort + since) && (sizes[cohort] ?? 0) > 0,
    );
    const sum = (figure: (cohort: number) => number) => known.reduce((all, cohort) => all + figure(cohort), 0);
    const members = sum(cohort => sizes[cohort] ?? 0);
    return {
      ...{ period: since, cohorts: known.length, members },
      rate: percent(
        sum(cohort => countOf(cohort, since)),
        members,
      ),
      ...(majorOf
        ? {
            revenuePerMember: perMember(
              sum(cohort => unitsOf(cohort, since)),
              members,
            ),
            cumulativeRevenuePerMember: perMember(
              sum(cohort => unitsUpTo(cohort, since)),
              members,
            ),
          }
        : {}),
    };
  };
  const means = each.map(meanOf);
  const rateOf = (cohort: number, since: number): number => percent(countOf(cohort, since), sizes[cohort] ?? 0);
  const periodOf = (cohort: number, since: number): CohortPeriod => {
    const size = sizes[cohort] ?? 0;
    const [units, sofar] = [unitsOf(cohort, since), unitsUpTo(cohort, since)];
    const rate = rateOf(cohort, since);
    const complete = isComplete(cohort + since);
    const isCompared = complete && (means[since]?.cohorts ?? 0) > 0;
    return {
      ...{ period: since, start: days[cohort + since] ?? '', count: countOf(cohort, since), rate, complete },
      ...(isCompared ? { versusMean: difference(rate, means[since]?.rate ?? 0) } : {}),
      ...(complete && cohort > 0 ? { versusPrevious: difference(rate, rateOf(cohort - 1, since)) } : {}),
      ...(majorOf
        ? {
            ...{ revenue: majorOf(units), cumulativeRevenue: majorOf(sofar) },
            ...{ revenuePerMember: perMember(units, size), cumulativeRevenuePerMember: perMember(sofar, size) },
          }
        : {}),
      handle: handleOf({ cohort, period: since }),
    };
  };
  const cohorts = each.map(cohort => ({
    ...{ start: days[cohort] ?? '', size: sizes[cohort] ?? 0, handle: handleOf({ cohort }) },
    periods: Array.from({ length: periods - cohort }, (_, since) => periodOf(cohort, since)),
  }));
  return { cohorts, mean: means.filter(mean => mean.cohorts > 0) };
};
