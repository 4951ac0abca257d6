import { attribution } from './attribution/attribution.ts';
import { cohorts } from './cohorts.ts';
import { countPeriods } from './count-periods.ts';
import { countTypes } from './count-types.ts';
import { funnel } from './funnel/funnel.ts';
import { journeys } from './journeys.ts';
import type { Pass } from './pass.ts';

/** Every pass, by the name under which threads are asked for it. */
export const passes = { countTypes, countPeriods, funnel, cohorts, attribution, journeys } as const;

export type PassName = keyof typeof passes;
type Of<Name extends PassName> = (typeof passes)[Name];
export type Asked<Name extends PassName> = Parameters<Of<Name>['plan']>[0];
export type Sums<Name extends PassName> = ReturnType<Of<Name>['begin']>;

/** A pass whose data nobody looks into. */
export const passOf = (name: PassName): Pass<unknown, unknown, unknown> =>
  passes[name] as Pass<unknown, unknown, unknown>;
