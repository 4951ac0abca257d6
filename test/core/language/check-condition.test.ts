import { expect, test } from 'vitest';
import { checkCondition } from '../../../core/language/check-condition.ts';
import type { Comparison, Condition } from '../../../core/language/condition.ts';

const country: Comparison = { field: 'attributes.country', operator: '=', value: 'DE' };
const nested = (levels: number): Condition =>
  levels === 0 ? country : { operator: 'AND', conditions: [nested(levels - 1)] };

test.each<[Comparison]>([
  [country],
  [{ field: 'computed.ltv', operator: '>', value: 500 }],
  [{ field: 'computed.lastSeenDate', operator: '<', value: '2026-01-01' }],
  [{ field: 'attributes.customFields.plan', operator: '=', value: 5 }],
  [{ field: 'attributes.tags', operator: 'contains', value: 'vip' }],
  [{ field: 'consent.email', operator: '=', value: true }],
  [{ field: 'attributes.country', operator: 'in', value: ['DE', 'US'] }],
  [{ field: 'computed.ltv', operator: 'between', value: [5, 10] }],
  [{ field: 'computed.lastSeenDate', operator: 'before', value: '2026-01-01' }],
  [{ field: 'attributes.customFields.renewal', operator: 'after', value: '2026-01-01' }],
  [{ field: 'attributes.city', operator: 'starts_with', value: 'Ber' }],
  [{ field: 'attributes.city', operator: 'exists' }],
  [{ field: 'computed.lastPurchaseDate', operator: 'not_exists' }],
])('%j can be right', comparison => {
  expect(checkCondition(comparison, 'body.rules')).toEqual([]);
});

test.each<[Comparison, string]>([
  [{ field: 'computed.wealth', operator: '>', value: 1 }, 'body.rules.field'],
  [{ field: '__proto__.x', operator: '=', value: 'x' }, 'body.rules.field'],
  [{ field: 'segments', operator: 'contains', value: 'segment-1' }, 'body.rules.field'],
  [{ field: 'computed.ltv', operator: '>', value: '500' }, 'body.rules.value'],
  [{ field: 'attributes.country', operator: '=', value: 49 }, 'body.rules.value'],
  [{ field: 'computed.lastSeenDate', operator: '<', value: 'yesterday' }, 'body.rules.value'],
  [{ field: 'consent.email', operator: '=', value: 'yes' }, 'body.rules.value'],
  [{ field: 'attributes.country', operator: 'in', value: 'DE' }, 'body.rules.value'],
  [{ field: 'attributes.country', operator: '=', value: ['DE'] }, 'body.rules.value'],
  [{ field: 'attributes.country', operator: '=' }, 'body.rules.value'],
  [{ field: 'attributes.city', operator: 'exists', value: true }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'between', value: [5] }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'between', value: 5 }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'between', value: ['5', 10] }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'before', value: '2026-01-01' }, 'body.rules.operator'],
  [{ field: 'computed.lastSeenDate', operator: 'after', value: 'yesterday' }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'starts_with', value: '5' }, 'body.rules.operator'],
  [{ field: 'attributes.customFields.plan', operator: 'ends_with', value: 5 }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: 'in', value: [1, '2'] }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: '>', value: 1e200 }, 'body.rules.value'],
  [{ field: 'computed.ltv', operator: '>', value: 1e-200 }, 'body.rules.value'],
])('%j cannot: %s', (comparison, path) => {
  expect(checkCondition(comparison, 'body.rules').map(fault => fault.path)).toEqual([path]);
});

test('every fault is told, each with its path', () => {
  const tree: Condition = {
    operator: 'OR',
    conditions: [
      { field: 'nowhere', operator: '=', value: 1 },
      { operator: 'AND', conditions: [country, { field: 'computed.ltv', operator: '=', value: 'x' }] },
    ],
  };
  expect(checkCondition(tree, 'body.rules').map(({ path }) => path)).toEqual([
    'body.rules.conditions.0.field',
    'body.rules.conditions.1.conditions.1.value',
  ]);
});

test('five levels are allowed, six are not', () => {
  expect(checkCondition(nested(5), 'body.rules')).toEqual([]);
  expect(checkCondition(nested(6), 'body.rules')).toEqual([
    { path: 'body.rules', reason: 'is nested deeper than 5 levels' },
  ]);
});

test('a hundred conditions are allowed, a tree of more is not, nor one of too many characters', () => {
  const many = (count: number): Condition => ({
    operator: 'AND',
    conditions: Array.from({ length: count }, () => country),
  });
  expect(checkCondition(many(99), 'r')).toEqual([]);
  expect(checkCondition(many(101), 'r')).toHaveLength(1);
  const long: Comparison = {
    field: 'attributes.city',
    operator: 'in',
    value: Array.from({ length: 20 }, () => 'x'.repeat(8000)),
  };
  expect(checkCondition(long, 'r')).toEqual([{ path: 'r', reason: 'has more than 100000 characters' }]);
});
