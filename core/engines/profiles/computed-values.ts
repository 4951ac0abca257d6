import { addDecimals, decimalToNumber, divideDecimals } from '../../model/money.ts';
import type { Computed, ComputedPatch } from '../../model/profile.ts';
import type { Counters } from '../../model/profile-state.ts';

const isoTime = (at: number): string => new Date(at).toISOString();

/**
 * The computed part of a profile: what its events add up to, or what was set by hand plus the events since; and what is
 * predicted, unless that was set by hand.
 */
export const computedValues = ({ overrides, scores, ...counters }: Counters): Computed => {
  const ltv = overrides.ltv
    ? addDecimals(String(overrides.ltv.value), String(overrides.ltv.plus ?? '0'))
    : counters.ltv;
  const purchaseCount = overrides.purchaseCount
    ? Number(overrides.purchaseCount.value) + Number(overrides.purchaseCount.plus ?? 0)
    : counters.purchases;
  const aov = overrides.aov
    ? String(overrides.aov.value)
    : purchaseCount > 0
      ? divideDecimals(ltv, purchaseCount, 2)
      : '0';
  const lastPurchaseAt = laterOf(overrides.lastPurchaseDate, counters.lastPurchaseAt);
  return {
    ltv: decimalToNumber(ltv),
    aov: decimalToNumber(aov),
    purchaseCount,
    firstSeenDate: isoTime(earlierOf(overrides.firstSeenDate, counters.firstSeenAt)),
    lastSeenDate: isoTime(laterOf(overrides.lastSeenDate, counters.lastSeenAt) ?? counters.lastSeenAt),
    ...(lastPurchaseAt === undefined ? {} : { lastPurchaseDate: isoTime(lastPurchaseAt) }),
    churnRisk: Number(overrides.churnRisk?.value ?? scores?.churnRisk ?? 0),
    engagementScore: Number(overrides.engagementScore?.value ?? 0),
    ...given('ltv12m', overrides.ltv12m?.value ?? scores?.ltv12m),
    ...given('purchasePropensity', overrides.purchasePropensity?.value ?? scores?.purchasePropensity),
  };
};

/** A decimal set by hand, or a score; nothing where there is neither. */
const given = <Name extends string>(name: Name, value: string | number | undefined) =>
  (value === undefined ? {} : { [name]: decimalToNumber(String(value)) }) as Partial<Record<Name, number>>;

const earlierOf = (override: Counters['overrides'][keyof ComputedPatch], folded: number): number =>
  override ? Math.min(Number(override.value), Number(override.plus ?? override.value)) : folded;

const laterOf = (
  override: Counters['overrides'][keyof ComputedPatch],
  folded: number | undefined,
): number | undefined => (override ? Math.max(Number(override.value), Number(override.plus ?? 0)) : folded);

/**
 * Records values set by hand as of `at` (epoch ms), which must be taken after the counters were read: what they hold
 * was received before it, and what is received later adds to the value.
 */
export const overrideValues = (counters: Counters, patch: ComputedPatch, at: number): Counters => ({
  ...counters,
  overrides: {
    ...counters.overrides,
    ...Object.fromEntries(
      Object.entries(patch).flatMap(([field, value]) =>
        value === undefined ? [] : [[field, { at, value: field.endsWith('Date') ? Date.parse(String(value)) : value }]],
      ),
    ),
  },
});
