import { expect, test } from 'vitest';
import { planTypes } from '../../bin/plan-types.ts';

const planned = (eventType: string, schema: object, description?: string) => ({
  ...{ eventType, schema: schema as Record<string, unknown>, mode: 'warn' as const, version: 3 },
  ...(description === undefined ? {} : { description }),
});

test('each type of events has an interface, and all of them stand by the name of the type', async () => {
  const schema = {
    type: 'object',
    required: ['formId'],
    properties: {
      formId: { type: 'string', description: 'Which form' },
      title: { type: ['string', 'null'] },
      kind: { enum: ['short', 'long'] },
      items: { type: 'array', items: { $ref: '#/$defs/item' } },
    },
    additionalProperties: false,
    $defs: {
      item: { type: 'object', title: 'Item', properties: { sku: { type: 'string' } }, additionalProperties: false },
    },
  };
  expect(await planTypes([planned('form_submit', schema, 'A form was sent')])).toBe(`/**
 * The tracking plan: what the events of each type may say.
 * Written by \`npx cdp types\`; changes are lost when it is written again.
 */

/**
 * A form was sent
 *
 * Version 3, warn.
 */
export interface FormSubmitProperties {
  /**
   * Which form
   */
  formId: string;
  title?: string | null;
  kind?: 'short' | 'long';
  items?: {
    sku?: string;
  }[];
}

/** By type of event. */
export interface TrackingPlan {
  "form_submit": FormSubmitProperties;
}
`);
});

test('names that would be the same are told apart, and every name is one of TypeScript', async () => {
  const text = await planTypes(['a b', 'a_b', '1st', ':'].map(type => planned(type, {})));
  expect(text.match(/interface \w+/g)).toEqual([
    'interface ABProperties',
    'interface AB2Properties',
    'interface _1StProperties',
    'interface EventProperties',
    'interface TrackingPlan',
  ]);
});

test('an empty plan is one without types, and no description ends its comment', async () => {
  expect(await planTypes([])).toContain('export interface TrackingPlan {\n}');
  expect(await planTypes([planned('x', {}, 'ends */ here')])).not.toContain('ends */');
});
