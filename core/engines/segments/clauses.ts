import { type Comparison, type Condition, isComparison, isGroup } from '../../language/condition.ts';

/** A comparison that must hold, or must not. */
export interface Literal {
  comparison: Comparison;
  holds: boolean;
}

/** All literals hold: then the condition does, or, where something is left open, it may. */
export interface Clause {
  literals: Literal[];
  isOpen: boolean;
}

const clausesMax = 32;
const always: Clause = { literals: [], isOpen: false };

const both = (left: Clause, right: Clause): Clause => ({
  literals: [...left.literals, ...right.literals],
  isOpen: left.isOpen || right.isOpen,
});

/** A condition as an OR of ANDs of comparisons. What `isClear` denies, and what would be too many, is left open. */
export const clausesOf = (condition: Condition, isClear: (comparison: Comparison) => boolean): Clause[] => {
  const open: Clause[] = [{ literals: [], isOpen: true }];
  const clausesIn = (part: Condition, holds: boolean): Clause[] => {
    if (isComparison(part)) {
      return isClear(part) ? [{ literals: [{ comparison: part, holds }], isOpen: false }] : open;
    }
    if (!isGroup(part)) return open;
    if (part.operator === 'NOT') return allOf(part.conditions, !holds);
    return (part.operator === 'AND') === holds ? allOf(part.conditions, holds) : anyOf(part.conditions, holds);
  };
  const anyOf = (parts: readonly Condition[], holds: boolean): Clause[] => {
    const clauses = parts.flatMap(part => clausesIn(part, holds));
    return clauses.length > clausesMax ? open : clauses;
  };
  const allOf = (parts: readonly Condition[], holds: boolean): Clause[] => {
    let clauses = [always];
    for (const part of parts) {
      const next = clausesIn(part, holds);
      clauses =
        clauses.length * next.length > clausesMax
          ? clauses.map(clause => ({ ...clause, isOpen: true }))
          : clauses.flatMap(clause => next.map(one => both(clause, one)));
    }
    return clauses;
  };
  return clausesIn(condition, true);
};
