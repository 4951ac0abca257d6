import { type Condition, isGroup, leavesOf } from '../../language/condition.ts';
import type { RfmCuts } from '../../model/rfm-cuts.ts';
import { scoresAsFields } from './rfm-scores.ts';

/** What another segment stands for: its own resolved condition, or that people are put into it by hand. */
export type Referred = { condition: Condition } | 'manual';

export interface ResolveContext {
  segments: ReadonlyMap<string, Referred>;
  cuts: RfmCuts | undefined;
}

/** A whole definition must be compiled and sent at once. */
const leavesMax = 1000;

/**
 * A condition that nothing else is needed for: scores are put in terms of the values behind them, and other segments
 * replaced by what they are decided by. What is left of segments are those that people are put into by hand.
 */
export const resolveCondition = (condition: Condition, context: ResolveContext): Condition => {
  if (isGroup(condition)) {
    const conditions = condition.conditions.map(part => resolveCondition(part, context));
    return { operator: condition.operator, conditions };
  }
  if ('rfm' in condition) return scoresAsFields(condition.rfm, context.cuts);
  if (!('segment' in condition)) return condition;
  const referred = context.segments.get(condition.segment);
  return referred === undefined || referred === 'manual' ? condition : referred.condition;
};

export const isTooLarge = (resolved: Condition): boolean => leavesOf(resolved).length > leavesMax;

/** The segments that a condition names, and whether it asks for scores. */
export const namedBy = (condition: Condition): { segments: string[]; scores: boolean } => {
  const leaves = leavesOf(condition);
  return {
    segments: [...new Set(leaves.flatMap(leaf => ('segment' in leaf ? [leaf.segment] : [])))],
    scores: leaves.some(leaf => 'rfm' in leaf),
  };
};
