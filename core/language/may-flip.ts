import { compare } from './compare.ts';
import { type Comparison, type Condition, isGroup } from './condition.ts';
import { readPath } from './read-path.ts';

/** What is known of a condition when some fields are not: yes, no, or it depends. */
type Verdict = boolean | undefined;

const judge = (condition: Condition, verdictOf: (comparison: Comparison) => Verdict): Verdict => {
  if (!isGroup(condition)) return verdictOf(condition);
  const verdicts = condition.conditions.map(part => judge(part, verdictOf));
  const decisive = condition.operator === 'OR';
  if (verdicts.includes(decisive)) return decisive;
  return verdicts.includes(undefined) ? undefined : !decisive;
};

const comparisons = (condition: Condition): Comparison[] =>
  isGroup(condition) ? condition.conditions.flatMap(comparisons) : [condition];

/**
 * May a change of the fields under `roots` have changed whether a condition holds? Only these fields are known before
 * and after; the others are what they are. Says no only when that is certain. Before there was anything (`before` is
 * `undefined`) nothing held, not even what a missing value satisfies.
 *
 * @example a purchase changes `computed`; a condition on the country alone cannot flip by it
 */
export const mayFlip = (condition: Condition, roots: ReadonlySet<string>, before: unknown, after: unknown): boolean => {
  const known = (field: string) => roots.has(field.split('.', 1)[0] ?? field);
  const verdictIn = (data: unknown) => (comparison: Comparison) =>
    known(comparison.field) ? compare(readPath(data, comparison.field), comparison) : undefined;
  const is = judge(condition, verdictIn(after));
  if (before === undefined) return is !== false;
  const changed = comparisons(condition).some(
    comparison => known(comparison.field) && verdictIn(before)(comparison) !== verdictIn(after)(comparison),
  );
  if (!changed) return false;
  const was = judge(condition, verdictIn(before));
  return was === undefined || is === undefined || was !== is;
};
