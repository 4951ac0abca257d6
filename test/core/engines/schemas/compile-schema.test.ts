import { expect, test } from 'vitest';
import { compileSchema } from '../../../../core/engines/schemas/compile-schema.ts';

const item = { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } };
const judge = compileSchema({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['orderId'],
  properties: {
    orderId: { type: 'string', pattern: '^ORD-\\d+$' },
    amount: { type: 'number', minimum: 0 },
    when: { type: 'string', format: 'date-time' },
    mail: { format: 'email' },
    'a/b~c': { type: 'integer' },
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
    plan: { enum: ['free', 'pro'] },
  },
  additionalProperties: false,
  $defs: { item },
});

test('what is as planned has no faults', () => {
  const whole = {
    orderId: 'ORD-1',
    amount: 1.5,
    when: '2026-02-15T10:00:00Z',
    mail: 'a@b.example',
    items: [{ sku: 'x' }],
  };
  expect(judge(whole)).toEqual([]);
});

test.each<[object, string, string]>([
  [{}, 'properties.orderId', 'is missing'],
  [{ orderId: 'x' }, 'properties.orderId', 'must match pattern "^ORD-\\d+$"'],
  [{ orderId: `ORD-${'1'.repeat(300)}` }, 'properties.orderId', 'must match pattern "^ORD-\\d+$"'],
  [{ orderId: 'ORD-1', amount: -1 }, 'properties.amount', 'must be >= 0'],
  [{ orderId: 'ORD-1', amount: '1' }, 'properties.amount', 'must be number'],
  [{ orderId: 'ORD-1', when: '2026-02-30T10:00:00Z' }, 'properties.when', 'must match format "date-time"'],
  [{ orderId: 'ORD-1', mail: 'jane' }, 'properties.mail', 'must match format "email"'],
  [{ orderId: 'ORD-1', 'a/b~c': 'x' }, 'properties.a/b~c', 'must be integer'],
  [{ orderId: 'ORD-1', items: [{ sku: 'x' }, {}] }, 'properties.items.1.sku', 'is missing'],
  [{ orderId: 'ORD-1', plan: 'secret' }, 'properties.plan', 'must be equal to one of the allowed values'],
  [{ orderId: 'ORD-1', other: 1 }, 'properties.other', 'is not in the plan'],
])('%j: %s %s', (properties, path, reason) => {
  expect(judge(properties as Record<string, unknown>)).toEqual([{ path, reason }]);
});

test('of many faults ten are told, and none twice', () => {
  const found = judge(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, 1])));
  expect(found).toHaveLength(10);
  expect(new Set(found.map(({ path }) => path)).size).toBe(10);
});

test('what was judged before has no bearing', () => {
  expect([judge({}).length, judge({ orderId: 'ORD-1' }).length, judge({}).length]).toEqual([1, 0, 1]);
});

test('no value of an event is told', () => {
  const told = JSON.stringify(judge({ orderId: 'jane@example.com', plan: 'jane@example.com', mail: 'jane' }));
  expect(told).not.toContain('jane');
});

test.each([{ type: 'nonsense' }, { required: 'x' }, { enum: 'x' }, { minimum: 'x' }])('%j is no schema', schema => {
  expect(() => compileSchema(schema)).toThrow();
});
