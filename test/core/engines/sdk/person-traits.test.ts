import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyTraits, personTraits } from '../../../../core/engines/sdk/person-traits.ts';
import { AttributesPatch } from '../../../../core/model/profile.ts';

test.each([
  [
    { first_name: 'Ada', LastName: 'Lovelace' },
    { firstName: 'Ada', lastName: 'Lovelace' },
  ],
  [
    { firstname: 'Ada', surname: 'Lovelace' },
    { firstName: 'Ada', lastName: 'Lovelace' },
  ],
  [
    { name: 'Ada King Lovelace' },
    { firstName: 'Ada', lastName: 'King Lovelace', customFields: { name: 'Ada King Lovelace' } },
  ],
  [{ name: 'Ada' }, { firstName: 'Ada', customFields: { name: 'Ada' } }],
  [
    { name: 'A B', firstName: 'Ada' },
    { firstName: 'Ada', customFields: { name: 'A B' } },
  ],
  [
    { email: 'ada@example.com', phone: 4155551234 },
    { email: 'ada@example.com', phone: '4155551234' },
  ],
  [{ email: 'not an address' }, { customFields: { email: 'not an address' } }],
  [{ birthday: '1990-05-17T00:00:00.000Z' }, { birthDate: '1990-05-17' }],
  [{ birthday: '17/5/90' }, { customFields: { birthday: '17/5/90' } }],
  [{ address: { city: 'London', country: 'uk', zip: 12345 } }, { city: 'London', country: 'GB', postalCode: '12345' }],
  [{ address: '1 High Street' }, { street: '1 High Street' }],
  [{ city: 'Paris', address: { city: 'London' } }, { city: 'Paris' }],
  [{ country: 'United Kingdom' }, { customFields: { country: 'United Kingdom' } }],
  [{ company: 'Shop' }, { company: 'Shop' }],
  [{ company: { name: 'Shop', id: 7 } }, { company: 'Shop', customFields: { company_id: 7 } }],
  [{ tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
  [{ tags: ['a', 1] }, { customFields: { tags: ['a', 1] } }],
  [{ plan: { name: 'pro', seats: 3 } }, { customFields: { plan_name: 'pro', plan_seats: 3 } }],
  [{ 'a.b/c': 1 }, { customFields: { a_b_c: 1 } }],
  [
    { firstName: null, plan: null },
    { firstName: null, customFields: { plan: null } },
  ],
])('%j', (traits, attributes) => {
  expect(personTraits(traits)).toEqual({ traits: attributes, rest: undefined });
});

test('traits that say nothing make no change', () => {
  expect(personTraits({})).toEqual({ traits: undefined, rest: undefined });
});

test('what no field can hold is left over', () => {
  const deep = { a: { b: { c: { d: 1 } } }, list: [{ x: 1 }], __proto_: 1, constructor: 'x', long: 'x'.repeat(9000) };
  expect(personTraits(deep)).toEqual({
    traits: { customFields: { __proto_: 1 } },
    rest: { a_b_c: { d: 1 }, list: [{ x: 1 }], constructor: 'x', long: 'x'.repeat(9000) },
  });
});

test('whatever traits are given, a profile takes what is made of them', () => {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom('email', 'phone', 'birthday', 'name', 'address', 'company', 'tags', 'zip'),
  );
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue({ maxDepth: 4 })), given => {
      const { traits } = personTraits(given);
      if (traits !== undefined) expect(AttributesPatch.safeParse(traits).error).toBeUndefined();
    }),
  );
});

describe('a company', () => {
  test.each([
    [
      'c-1',
      { name: 'Shop', plan: 'pro' },
      { company: 'Shop', customFields: { company_id: 'c-1', company_plan: 'pro' } },
    ],
    ['c-1', {}, { customFields: { company_id: 'c-1' } }],
    [undefined, { name: 'Shop' }, { company: 'Shop' }],
    ['c-1', { name: 7 }, { customFields: { company_id: 'c-1', company_name: 7 } }],
    [undefined, {}, undefined],
  ])('%s %j', (id, traits, attributes) => {
    expect(companyTraits(id, traits).traits).toEqual(attributes);
  });
});
