import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Condition, isGroup, type Operator } from '../../../core/language/condition.ts';
import { matches } from '../../../core/language/matches.ts';
import { condition, person } from '../../fixtures/conditions.ts';

test.each<[string, Operator, string | number | string[], boolean]>([
  ['computed.ltv', '>=', 1200, true],
  ['computed.ltv', '>', 1200, false],
  ['attributes.country', 'in', ['DE', 'US'], true],
  ['attributes.missing', 'not_in', ['US'], true],
  ['attributes.missing', '=', 'US', false],
  ['__proto__.polluted', '=', 'yes', false],
  ['attributes.constructor', '!=', 'x', true],
  ['attributes.tags', 'contains', 'vip', true],
  ['attributes.tags.length', '=', 1, true],
])('%s %s %j → %j', (field, operator, value, expected) => {
  const data = { computed: { ltv: 1200 }, attributes: { country: 'DE', tags: ['vip'] } };
  expect(matches({ field, operator, value }, data, 0)).toBe(expected);
});

test('a group nested in a group decides as it reads', () => {
  const rules: Condition = {
    operator: 'AND',
    conditions: [
      { field: 'computed.ltv', operator: '>', value: 10 },
      {
        operator: 'OR',
        conditions: [
          { field: 'attributes.country', operator: '=', value: 'DE' },
          { field: 'attributes.tags', operator: 'contains', value: 'vip' },
        ],
      },
    ],
  };
  expect(matches(rules, { computed: { ltv: 11 }, attributes: { tags: ['vip'] } }, 0)).toBe(true);
  expect(matches(rules, { computed: { ltv: 11 }, attributes: { tags: [] } }, 0)).toBe(false);
  expect(matches(rules, { computed: { ltv: 9 }, attributes: { country: 'DE' } }, 0)).toBe(false);
});

/** Everything upside down: AND for OR, and every comparison denied. */
const denied = (tree: Condition, data: unknown): boolean => {
  if (!isGroup(tree)) return !matches(tree, data, 0);
  const parts = tree.conditions.map(part => denied(part, data));
  return tree.operator === 'AND' ? parts.some(Boolean) : parts.every(Boolean);
};

test('AND and OR are duals: denying a tree is the tree of what is denied', () => {
  fc.assert(
    fc.property(condition, person, (tree, data) => {
      expect(denied(tree, data)).toBe(!matches(tree, data, 0));
    }),
  );
});

const rotated = (tree: Condition, by: number): Condition => {
  if (!isGroup(tree)) return tree;
  const parts = tree.conditions.map(part => rotated(part, by));
  const start = by % parts.length;
  return { ...tree, conditions: [...parts.slice(start), ...parts.slice(0, start)].reverse() };
};

test('the order of conditions never matters', () => {
  fc.assert(
    fc.property(condition, person, fc.nat(7), (tree, data, by) => {
      expect(matches(rotated(tree, by), data, 0)).toBe(matches(tree, data, 0));
    }),
  );
});

test('saying a thing twice says nothing more', () => {
  fc.assert(
    fc.property(condition, person, fc.constantFrom('AND' as const, 'OR' as const), (tree, data, operator) => {
      expect(matches({ operator, conditions: [tree, tree] }, data, 0)).toBe(matches(tree, data, 0));
    }),
  );
});
