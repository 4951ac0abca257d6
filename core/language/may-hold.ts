import { type Bounds, type Condition, type EventCondition, isComparison, isGroup } from './condition.ts';
import { durationMs } from './duration.ts';
import { isTimed } from './next-flip.ts';

const everybody: Condition = { operator: 'AND', conditions: [] };
const nobody: Condition = { operator: 'OR', conditions: [] };
const dayMs = 86_400_000;
/** Clocks of others may be ahead: what is dated so far in the future already counts. */
export const aheadMs = 3_600_000;

/**
 * What holds of everybody of whom a condition holds, or may come to hold by time alone: rough where only what somebody
 * did can tell, so that whoever looks at all profiles at once finds whom it is worth to look at. Asked as of `aheadMs`
 * later than now.
 */
export const mayHold = (condition: Condition): Condition => {
  if (isGroup(condition)) {
    if (condition.operator !== 'NOT') return { ...condition, conditions: condition.conditions.map(mayHold) };
    return isPlain(condition) ? condition : everybody;
  }
  if (isComparison(condition)) return condition.operator === 'within_last' ? longer(condition) : condition;
  if ('event' in condition) return mayBeDone(condition);
  if ('sequence' in condition) {
    const { sequence, timeWindow } = condition;
    return { operator: 'AND', conditions: sequence.map(({ event }) => atLeast(event, 1, timeWindow)) };
  }
  return 'rfm' in condition ? nobody : condition;
};

/** Neither time nor what somebody did tells anything of it. */
const isPlain = (condition: Condition): boolean =>
  !isTimed(condition) && (isGroup(condition) ? condition.conditions.every(isPlain) : isComparison(condition));

const longer = (condition: Extract<Condition, { field: string }>): Condition => {
  const length = durationMs(condition.value);
  return length === undefined ? condition : { ...condition, value: stretched(length) };
};

/** In days; what is longer than every length that may be asked for is ever. */
const stretched = (length: number): number => (length + aheadMs) / dayMs;

const mayBeDone = ({ event, count, sum, timeWindow }: EventCondition): Condition => {
  const counted = count ?? (sum ? undefined : { min: 1 });
  const least = Math.max(leastOf(counted), leastOf(sum) > 0 ? 1 : 0);
  return least < 1 ? everybody : atLeast(event, Math.ceil(least), timeWindow);
};

const leastOf = (bounds: Pick<Bounds, 'min'> | undefined): number => bounds?.min ?? 0;

const atLeast = (event: string, min: number, timeWindow: EventCondition['timeWindow']): Condition => {
  const length = durationMs(timeWindow);
  const window =
    length === undefined || durationMs(stretched(length)) === undefined ? {} : { timeWindow: stretched(length) };
  return { event, count: { min }, ...window };
};

/** Does it say nothing, so that everybody has to be looked at? */
export const saysNothing = (condition: Condition): boolean => {
  if (!isGroup(condition)) return false;
  const parts = condition.conditions;
  if (condition.operator === 'AND') return parts.every(saysNothing);
  return condition.operator === 'OR' && parts.length > 0 && parts.some(saysNothing);
};
