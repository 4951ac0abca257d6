import { expect, test } from 'vitest';
import { groupOfRules } from '../../../../console/src/features/segments/builder/group-of-rules.ts';
import { inPlainWords } from '../../../../console/src/features/segments/builder/in-plain-words.ts';
import { isComplete } from '../../../../console/src/features/segments/builder/is-complete.ts';
import { comparisonOf, operatorsOf } from '../../../../console/src/features/segments/builder/operators-of.ts';
import { checkCondition } from '../../../../core/language/check-condition.ts';
import type { Condition } from '../../../../core/language/condition.ts';
import type { SegmentRules } from '../../../../core/language/segment-rules.ts';

const event = { event: 'purchase', count: { min: 3 }, timeWindow: 90 };

test.each<[string, SegmentRules, Condition[]]>([
  ['a group', { operator: 'OR', conditions: [event] }, [event]],
  ['an event', event, [event]],
  ['scores', { recency: { min: 4 }, group: 'champions' }, [{ rfm: { recency: { min: 4 }, group: 'champions' } }]],
  [
    'predictions',
    { churnRisk: { min: 70, max: 90 } },
    [
      { field: 'computed.churnRisk', operator: '>=', value: 70 },
      { field: 'computed.churnRisk', operator: '<=', value: 90 },
    ],
  ],
])('rules in the form of %s are shown as a group of conditions', (_form, rules, conditions) => {
  expect(groupOfRules(rules).conditions).toEqual(conditions);
});

test('a sentence names fields and segments as people do', () => {
  const condition: Condition = {
    operator: 'AND',
    conditions: [
      { field: 'computed.ltv', operator: '>', value: 1000 },
      { field: 'attributes.customFields.plan', operator: '=', value: 'gold' },
      { operator: 'NOT', conditions: [{ segment: 'segment-1' }] },
    ],
  };
  expect(inPlainWords(condition, () => 'Staff')).toBe(
    'Lifetime value is greater than 1000 and plan is “gold” and (not is in segment “Staff”)',
  );
});

test.each<[Condition, boolean]>([
  [{ field: 'attributes.country', operator: '=', value: '' }, false],
  [{ field: 'attributes.country', operator: 'exists' }, true],
  [{ field: 'computed.ltv', operator: '=', value: 0 }, true],
  [{ operator: 'OR', conditions: [{ segment: '' }, event] }, false],
])('%j is complete: %s', (condition, complete) => {
  expect(isComplete(condition)).toBe(complete);
});

test.each(Object.entries(operatorsOf))('every comparison that is offered for a %s can be saved', (kind, operators) => {
  const fields = { text: 'attributes.city', number: 'computed.ltv', date: 'createdAt', boolean: 'consent.email' };
  const field = { ...fields, list: 'attributes.tags', any: 'attributes.customFields.plan' }[kind] ?? '';
  for (const operator of operators) {
    const comparison = comparisonOf(field, operator);
    const dated = operator === 'before' || operator === 'after' ? { ...comparison, value: '2026-01-01' } : comparison;
    const number = kind === 'any' && /[<>]/.test(operator) ? { ...dated, value: 1 } : dated;
    expect(checkCondition({ operator: 'AND', conditions: [number] }, 'rules'), operator).toEqual([]);
  }
});
