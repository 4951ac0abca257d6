import { Engine, type NestedCondition } from 'json-rules-engine';
import sift from 'sift';
import { type Comparison, type Condition, isGroup } from '../../../core/language/condition.ts';

/** Its types tell of a module, and it is the function. */
const makeTest = sift as unknown as (query: Record<string, unknown>) => (data: unknown) => boolean;

type Data = Readonly<Record<string, unknown>>;

/** What holds of somebody, by the places of the rules. */
export type Peer = (data: Data) => Promise<number[]> | number[];

const asQuery = (condition: Condition): Record<string, unknown> => {
  if (isGroup(condition)) return { [condition.operator === 'AND' ? '$and' : '$or']: condition.conditions.map(asQuery) };
  const { field, operator, value } = condition as Comparison;
  const names: Partial<Record<Comparison['operator'], string>> = {
    '>': '$gt',
    '>=': '$gte',
    '<': '$lt',
    after: '$gt',
    before: '$lt',
    in: '$in',
  };
  return { [field]: operator === '=' || operator === 'contains' ? value : { [names[operator] ?? '$eq']: value } };
};

/** Every rule as a query of sift, made once. */
export const siftPeer = (rules: readonly Condition[]): Peer => {
  const tests = rules.map(rule => makeTest(asQuery(rule)));
  return data => tests.flatMap((test, place) => (test(data) ? [place] : []));
};

const ruleOperators: Partial<Record<Comparison['operator'], string>> = {
  '=': 'equal',
  in: 'in',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  '<': 'lessThan',
  after: 'isAfter',
  before: 'isBefore',
  contains: 'contains',
};

const asRule = (condition: Condition): NestedCondition => {
  if (isGroup(condition)) {
    const parts = condition.conditions.map(asRule);
    return condition.operator === 'AND' ? { all: parts } : { any: parts };
  }
  const { field, operator, value } = condition as Comparison;
  return { fact: field, operator: ruleOperators[operator] ?? 'equal', value };
};

/** Every rule as one of json-rules-engine, each with the facts by their fields. */
export const jsonRulesPeer = (rules: readonly Condition[], valuesOf: (data: Data) => Record<string, unknown>): Peer => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator<string, string>('isAfter', (actual, expected) => actual > expected);
  engine.addOperator<string, string>('isBefore', (actual, expected) => actual < expected);
  rules.forEach((rule, place) => {
    const conditions = asRule(rule);
    if (!('all' in conditions || 'any' in conditions)) throw new Error('a rule is a group');
    engine.addRule({ conditions, event: { type: String(place) } });
  });
  return async data => {
    const { events } = await engine.run(valuesOf(data));
    return events.map(({ type }) => Number(type)).sort((left, right) => left - right);
  };
};
