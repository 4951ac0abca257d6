import { expect, test } from 'vitest';
import { namedInConditions } from '../../../../core/engines/snapshot/named-in-conditions.ts';
import type { Condition } from '../../../../core/language/condition.ts';

const leaf = (field: string): Condition => ({ field, operator: 'exists' });
const tagged = (operator: 'contains' | 'in', value: string | string[]): Condition => ({
  field: 'attributes.tags',
  operator,
  value,
});

test('the custom fields and the tags that conditions name are found at any depth, each once', () => {
  const tree: Condition = {
    operator: 'AND',
    conditions: [
      leaf('attributes.customFields.plan'),
      {
        operator: 'OR',
        conditions: [leaf('computed.ltv'), leaf('attributes.customFields.a.b'), tagged('contains', 'vip')],
      },
    ],
  };
  const found = namedInConditions([tree, leaf('attributes.customFields.plan'), tagged('in', ['new', 'vip'])]);
  expect(found).toEqual({ fields: ['plan', 'a.b'], tags: ['vip', 'new'] });
});

test('a condition that asks for tags, but for none by name, names none', () => {
  expect(namedInConditions([leaf('attributes.tags')])).toEqual({ fields: [], tags: [] });
});
