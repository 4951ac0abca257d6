import type { ProblemDetail } from '../../errors.ts';
import { checkCondition } from '../../language/check-condition.ts';
import { checkExpression } from '../../language/expression/check-expression.ts';
import { fieldsOfExpression, NoExpression } from '../../language/expression/expression.ts';
import { readExpression } from '../../language/expression/read-expression.ts';
import { type FieldKind, fieldKind } from '../../model/profile-fields.ts';
import { type Trait, type TraitKind, traitIn } from '../../model/trait.ts';

/** What a trait is found to hold, and what cannot be right in it, each with its path. */
export interface CheckedTrait {
  holds: FieldKind;
  faults: ProblemDetail[];
}

const needsProperty: ReadonlySet<TraitKind> = new Set(['sum', 'avg', 'min', 'max', 'most_frequent', 'unique_list']);
const numbers: ReadonlySet<TraitKind> = new Set(['count', 'sum', 'avg', 'min', 'max']);

/** Checks a trait against those that there are, with what each of them holds. */
export const checkTrait = (trait: Trait, known: ReadonlyMap<string, FieldKind>): CheckedTrait =>
  trait.kind === 'formula'
    ? checkFormula(trait, known)
    : { holds: heldBy(trait), faults: [...membersOf(trait), ...eventsOf(trait)] };

const heldBy = ({ kind, property }: Trait): FieldKind => {
  if (numbers.has(kind)) return 'number';
  return (kind === 'first' || kind === 'last') && property === undefined ? 'date' : 'any';
};

const membersOf = ({ kind, event, property, formula }: Trait): ProblemDetail[] => [
  ...(event === undefined ? [{ path: 'body.event', reason: `a ${kind} is of events of a type` }] : []),
  ...(formula === undefined ? [] : [{ path: 'body.formula', reason: `a ${kind} has no formula` }]),
  ...(property === undefined && needsProperty.has(kind)
    ? [{ path: 'body.property', reason: `a ${kind} is of a property` }]
    : []),
  ...(property !== undefined && kind === 'count' ? [{ path: 'body.property', reason: 'a count has no property' }] : []),
];

/** What may be asked of events is what conditions ask of them. */
const eventsOf = ({ event, where, property }: Trait): ProblemDetail[] => {
  if (event === undefined) return [];
  const sum = property === undefined ? {} : { sum: { property, min: 0 } };
  return checkCondition({ event, where, ...sum }, 'body').map(({ path, reason }) => ({
    path: path.replace('body.sum.property', 'body.property'),
    reason,
  }));
};

const checkFormula = (trait: Trait, known: ReadonlyMap<string, FieldKind>): CheckedTrait => {
  const { event, property, where, windowDays, formula } = trait;
  const others = Object.entries({ event, property, where, windowDays }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ path: `body.${name}`, reason: 'a formula is of fields, and not of events' }],
  );
  if (formula === undefined) {
    return { holds: 'any', faults: [...others, { path: 'body.formula', reason: 'a formula is missing' }] };
  }
  const { holds, faults } = readFormula(trait.name, formula, known);
  return { holds, faults: [...others, ...faults] };
};

const readFormula = (name: string, formula: string, known: ReadonlyMap<string, FieldKind>): CheckedTrait => {
  try {
    const expression = readExpression(formula);
    const kindOf = (field: string) => {
      const trait = traitIn(field);
      return trait === undefined ? fieldKind(field) : known.get(trait);
    };
    const { kind, faults } = checkExpression(expression, { kindOf, mayAskTime: false });
    const readsItself = fieldsOfExpression(expression).some(field => traitIn(field) === name);
    return { holds: kind === 'list' ? 'any' : kind, faults: [...(readsItself ? [itself] : []), ...faults].map(told) };
  } catch (fault) {
    if (!(fault instanceof NoExpression)) throw fault;
    return { holds: 'any', faults: [told({ at: fault.at, reason: fault.message })] };
  }
};

const itself = { at: 0, reason: 'reads the trait that it makes' };

const told = ({ at, reason }: { at: number; reason: string }): ProblemDetail => ({
  path: 'body.formula',
  reason: `at ${at + 1}: ${reason}`,
});
