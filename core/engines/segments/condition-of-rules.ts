import type { ProblemDetail } from '../../errors.ts';
import { type CheckOptions, checkCondition } from '../../language/check-condition.ts';
import { type Bounds, type Comparison, type Condition, isGroup } from '../../language/condition.ts';
import type { PredictiveRules, SegmentRules, SegmentType } from '../../language/segment-rules.ts';

const isBehaviourRules = (rules: SegmentRules) => 'event' in rules || 'sequence' in rules;
const scoreFields = ['recency', 'frequency', 'monetary', 'group'];
const isScores = (rules: SegmentRules) => Object.keys(rules).every(name => scoreFields.includes(name));

/** The short form that each type has besides groups of conditions. */
const shortForms: Record<SegmentType, { fits: (rules: SegmentRules) => boolean; words: string }> = {
  'rule-based': { fits: () => false, words: 'operator and conditions' },
  behavioral: { fits: isBehaviourRules, words: 'operator and conditions, an event, or a sequence' },
  rfm: { fits: isScores, words: 'operator and conditions, or recency, frequency, monetary or group' },
  predictive: {
    fits: rules => !isBehaviourRules(rules) && !isScores(rules),
    words: 'operator and conditions, or churnRisk, engagementScore, purchasePropensity or ltv12m',
  },
  manual: { fits: () => false, words: 'no rules' },
};

const atBounds = (field: string, { min, max }: Bounds): Comparison[] => [
  ...(min === undefined ? [] : [{ field, operator: '>=' as const, value: min }]),
  ...(max === undefined ? [] : [{ field, operator: '<=' as const, value: max }]),
];

const predicted = (rules: PredictiveRules): Condition => ({
  operator: 'AND',
  conditions: Object.entries(rules).flatMap(([name, bounds]) => atBounds(`computed.${name}`, bounds)),
});

/** The condition tree that rules say in short. */
export const conditionOfRules = (rules: SegmentRules): Condition => {
  if (isGroup(rules as Condition) || isBehaviourRules(rules)) return rules as Condition;
  return isScores(rules)
    ? { rfm: rules as Extract<Condition, { rfm: unknown }>['rfm'] }
    : predicted(rules as PredictiveRules);
};

/** What cannot be right in the rules of a segment, each with its path. */
export const checkRules = (
  type: SegmentType,
  rules: SegmentRules | undefined,
  path: string,
  traits?: CheckOptions['traits'],
): ProblemDetail[] => {
  if (type === 'manual') return rules === undefined ? [] : [{ path, reason: 'a manual segment has no rules' }];
  if (rules === undefined) return [{ path, reason: `a ${type} segment has rules` }];
  const isTree = isGroup(rules as Condition);
  if (!isTree && !shortForms[type].fits(rules)) {
    return [{ path, reason: `a ${type} segment is given by ${shortForms[type].words}` }];
  }
  return checkCondition(conditionOfRules(rules), path, traits === undefined ? {} : { traits });
};
