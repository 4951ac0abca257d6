import { expect, test } from 'vitest';
import { schemaFaults } from '../../../../core/engines/schemas/check-schema.ts';

const faultsOf = (schema: object) => schemaFaults(schema as Record<string, unknown>);
const nested = (levels: number): object => (levels === 0 ? {} : { properties: { a: nested(levels - 1) } });
/** Each definition uses the next one twice. */
const doubling = (levels: number): object => ({
  $ref: '#/$defs/d0',
  $defs: Object.fromEntries(
    Array.from({ length: levels }, (_, level) => {
      const next = level + 1 === levels ? {} : { $ref: `#/$defs/d${level + 1}` };
      return [`d${level}`, { allOf: [next, next] }];
    }),
  ),
});

test.each<[string, object]>([
  ['an empty one', {}],
  [
    'one that says much',
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['a'],
      properties: { a: { type: ['string', 'null'], pattern: '^[A-Z]{3}-\\d+$' }, b: { format: 'date-time' }, c: false },
      additionalProperties: { type: 'number' },
    },
  ],
  ['a reference within', { properties: { a: { $ref: '#/$defs/x' }, b: { $ref: '#/$defs/x' } }, $defs: { x: {} } }],
  ['a list of distinct things', { properties: { a: { uniqueItems: true, maxItems: 10 } } }],
])('%s is taken', (_name, schema) => {
  expect(faultsOf(schema)).toEqual([]);
});

test.each<[string, object, string]>([
  ['a reference to elsewhere', { properties: { a: { $ref: 'https://x.example/s.json' } } }, 'properties.a.$ref'],
  ['a reference to a file', { $ref: 'other.json' }, '$ref'],
  ['a reference to nothing', { $ref: '#/$defs/x' }, '$ref'],
  [
    'a reference to itself',
    { $ref: '#/$defs/x', $defs: { x: { items: { $ref: '#/$defs/x' } } } },
    '$defs.x.items.$ref',
  ],
  ['a reference to the whole', { properties: { a: { $ref: '#' } } }, 'properties.a.$ref'],
  ['a reference to what every object has', { $ref: '#/$defs/constructor', $defs: {} }, '$ref'],
  ['a name of its own', { $id: 'https://x.example/s.json' }, '$id'],
  ['a keyword that is not known', { properties: { a: { minLenght: 1 } } }, 'properties.a.minLenght'],
  ['a part that is none', { properties: { a: 7 } }, 'properties.a'],
  ['a list in place of an object', { properties: [] }, 'properties'],
  ['an object in place of a list', { anyOf: {} }, 'anyOf'],
  ['a format that is not known', { format: 'regex' }, 'format'],
  ['a pattern that is none', { properties: { a: { pattern: '(' } } }, 'properties.a.pattern'],
  ['a pattern that runs for ever', { properties: { a: { pattern: '^(a+)+$' } } }, 'properties.a.pattern'],
  ['a name pattern that runs for ever', { patternProperties: { '^(a|a)*$': {} } }, 'patternProperties.^(a|a)*$'],
  ['distinct items without end', { properties: { a: { uniqueItems: true } } }, 'properties.a.uniqueItems'],
  ['too many bytes', { description: 'a'.repeat(70_000) }, ''],
  ['too many parts', { anyOf: Array.from({ length: 1_001 }, () => ({})) }, ''],
  ['parts that double with each reference', doubling(30), ''],
])('%s is refused, and the place is named', (_name, schema, path) => {
  expect(faultsOf(schema)[0]?.path).toBe(path);
});

test('one that nests without end is refused', () => {
  expect(faultsOf(nested(10))).toEqual([]);
  expect(faultsOf(nested(40))).toMatchObject([{ reason: 'lies too deep' }]);
});
