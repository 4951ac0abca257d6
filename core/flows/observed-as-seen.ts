import { viewAt } from '../contract/view-at.ts';
import { isComparison } from '../language/condition.ts';
import type { Trace } from '../language/explain.ts';
import type { FieldPolicy, View } from '../model/caller.ts';
import { hiddenValue } from '../model/hidden-value.ts';

/** Of events it is told what anybody may know of what people do. */
const viewOf = ({ condition }: Trace, policy: FieldPolicy): View =>
  isComparison(condition) ? viewAt(policy, condition.field) : (policy.behavioural ?? 'show');

/** What a condition saw is shown as what it looked at is. */
export const observedAsSeen = (trace: Trace, policy: FieldPolicy): Trace => {
  const { observed, parts, ...rest } = trace;
  const below = parts ? { parts: parts.map(part => observedAsSeen(part, policy)) } : {};
  const view = viewOf(trace, policy);
  if (observed === undefined || view === 'drop') return { ...rest, ...below };
  return { ...rest, observed: view === 'show' ? observed : hiddenValue(view, observed), ...below };
};
