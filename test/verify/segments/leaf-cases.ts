import { compare } from '../../../core/language/compare.ts';
import { type Comparison, type Operator, operators } from '../../../core/language/condition.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import { plainlyHolds } from '../../simulation/plain-rule.ts';
import { comparisonOf, dateOf, fields, numbers, someNow, tags, texts } from './random-conditions.ts';

export interface LeafCase {
  operator: Operator;
  kind: Kind;
  held: boolean;
  /** What differs, where anything does. */
  difference?: string;
}

const kinds = ['present', 'null', 'missing', 'wrong type', 'array'] as const;
type Kind = (typeof kinds)[number];
const casesPerCell = 400;

/** A value that the operator makes sense of: mostly of what the rule names, or near it. */
const presentFor = ({ operator, value }: Comparison, random: SeededRandom): unknown => {
  const [one] = [value].flat();
  if (operator === 'within_last') return dateOf(random);
  if (one === undefined) return random.pick([random.pick(texts), random.pick(numbers), random.chance(0.5)]);
  const meets = operator === '>' || operator === '<' ? 0.1 : 0.45;
  if (random.chance(meets)) return random.pick([value].flat());
  if (typeof one === 'number') return random.pick(numbers);
  if (typeof one === 'boolean') return random.chance(0.5);
  return operator === 'before' || operator === 'after' || /^\d{4}-/.test(one)
    ? dateOf(random)
    : random.pick([`${one}er`, `Ba${one}`, ...texts]);
};

const actualOf = (kind: Kind, comparison: Comparison, random: SeededRandom): unknown => {
  if (kind === 'null') return null;
  if (kind === 'missing') return undefined;
  if (kind === 'array') return tags.filter(() => random.chance(0.5));
  if (kind === 'present') return presentFor(comparison, random);
  const [one] = [comparison.value].flat();
  return typeof one === 'number' ? random.pick(texts) : random.pick([...numbers, { a: 1 }]);
};

const caseOf = (operator: Operator, kind: Kind, random: SeededRandom): LeafCase => {
  const taking = random.pick(fields.filter(([, of]) => of === 'any' || (of === 'list' && operator === 'contains')));
  let comparison = comparisonOf(random, taking);
  while (comparison.operator !== operator) comparison = comparisonOf(random, taking);
  const actual = actualOf(kind, comparison, random);
  const [is, must] = [
    compare(actual, comparison, someNow),
    plainlyHolds(actual, comparison.operator, comparison.value, someNow),
  ];
  const told = `${JSON.stringify(actual)} ${operator} ${JSON.stringify(comparison.value)} is ${is}`;
  return { operator, kind, held: must, ...(is === must ? {} : { difference: told }) };
};

/** Every operator against every kind of value, many times, in process and plainly. */
export const leavesInAll = (): LeafCase[] => {
  const random = seededRandom(7);
  return operators.flatMap(operator =>
    kinds.flatMap(kind => Array.from({ length: casesPerCell }, () => caseOf(operator, kind, random))),
  );
};

/** What the cases come to, by operator and kind. Whether an operator ever holds is told of what it makes sense of. */
export const cellsOf = (cases: readonly LeafCase[]) =>
  operators.map(operator => {
    const own = cases.filter(one => one.operator === operator);
    const asked = own.filter(({ kind }) => kind === 'present' || operator === 'exists' || operator === 'not_exists');
    return {
      operator,
      kinds: kinds.map(kind => {
        const cell = own.filter(one => one.kind === kind);
        return { kind, cases: cell.length, held: cell.filter(({ held }) => held).length };
      }),
      cases: asked.length,
      held: asked.filter(({ held }) => held).length,
      differences: own.flatMap(({ difference }) => difference ?? []),
    };
  });
