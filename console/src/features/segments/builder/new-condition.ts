import type { Condition, Group } from '../../../../../core/language/condition.ts';
import { segmentWords } from '../../../words/segments.ts';
import { comparisonOf } from './operators-of.ts';

export type ConditionKind = keyof typeof segmentWords.kinds;
export const conditionKinds = Object.keys(segmentWords.kinds) as ConditionKind[];

/** What a condition of a kind says at first. */
export const newCondition: Record<ConditionKind, () => Condition> = {
  field: () => comparisonOf('attributes.country', '='),
  event: () => ({ event: 'purchase', count: { min: 1 }, timeWindow: 90 }),
  sequence: () => ({ sequence: [{ event: 'product_view' }, { event: 'purchase' }], within: 7 }),
  rfm: () => ({ rfm: { group: 'champions' } }),
  segment: () => ({ segment: '' }),
};

export const emptyGroup = (): Group => ({ operator: 'AND', conditions: [newCondition.field()] });
