import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { importIdOf, rowId } from '../../../bin/import/import-id.ts';
import { type PlanOptions, readPlan } from '../../../bin/import/read-plan.ts';

const columns = ['customerId', 'date', 'quantity', 'amount', 'email'];
const purchases: PlanOptions = {
  as: 'events',
  type: 'purchase',
  map: ['customerId=customerId', 'timestamp=date,properties.amount=amount'],
};

test.each<[string, PlanOptions, string]>([
  ['an unknown field', { ...purchases, map: ['amount=amount'] }, 'events know no field “amount”'],
  ['an unknown field of a profile', { as: 'profiles', map: ['age=amount'] }, 'profiles know no field “age”'],
  ['a member that objects inherit', { ...purchases, map: ['properties.__proto__.x=amount'] }, 'know no field'],
  ['an identifier named after one', { as: 'profiles', map: ['custom:__proto__=amount'] }, 'know no field'],
  [
    'a column that is not there',
    { ...purchases, map: ['customerId=id'] },
    'has no column “id”. It has customerId, date',
  ],
  ['a field given twice', { ...purchases, map: ['email=email', 'email=amount'] }, '“email” is given twice'],
  ['a field mapped and set', { ...purchases, set: ['timestamp=2026-01-01'] }, '“timestamp” is given twice'],
  [
    'one field inside another',
    { ...purchases, map: ['email=email', 'properties.a=date,properties.a.b=date'] },
    'one lies in',
  ],
  ['a mapping without a column', { ...purchases, map: ['email'] }, 'write it as <field>='],
  ['events without a type', { ...purchases, type: undefined }, 'Say what happened'],
  ['nobody', { ...purchases, map: ['timestamp=date'] }, 'Say who it is'],
  ['consents without a consent', { as: 'consents', map: ['email=email'] }, 'Say which consent: --map consent.email='],
  ['a consent channel without its name', { as: 'consents', map: ['sms=email'] }, 'consents know no field “sms”'],
  ['a type for profiles', { as: 'profiles', map: ['email=email'], type: 'x' }, '--type belongs to --as events'],
  ['a number that is not mapped', { ...purchases, number: ['properties.x'] }, 'this field is not mapped'],
  ['a number that is text', { ...purchases, number: ['customerId'] }, 'this field is never a number'],
])('%s is refused', (_name, options, message) => {
  expect(() => readPlan(options, columns)).toThrow(message);
});

const namesOf = (options: PlanOptions, of = columns): string[] =>
  readPlan(options, of).fields.map(({ target, from }) => `${target.name}=${Object.values(from)[0]}`);

test('without --map the columns that bear a known name are mapped, and nothing else', () => {
  expect(namesOf({ as: 'events', type: 'purchase' }, [...columns, 'properties.sku', 'consent.email'])).toEqual([
    'customerId=customerId',
    'email=email',
    'properties.sku=properties.sku',
    'consent.email=consent.email',
    'type=purchase',
  ]);
  expect(namesOf({ as: 'profiles' }, ['mail', 'phone', 'attributes.city', 'customFields.a.b', 'tags'])).toEqual(
    ['phone=phone', 'attributes.city=attributes.city', 'customFields.a.b=customFields.a.b', 'tags=tags'].map(name =>
      name.replace(/^attributes\.city=/, 'city='),
    ),
  );
});

test('with --map only what it names is mapped', () => {
  expect(namesOf(purchases)).toEqual([
    'customerId=customerId',
    'timestamp=date',
    'properties.amount=amount',
    'type=purchase',
  ]);
});

test('a column may hold commas and equals signs in its name', () => {
  expect(namesOf({ ...purchases, map: ['customerId=last, first', 'email=a=b'] }, ['last, first', 'a=b'])).toEqual([
    'customerId=last, first',
    'email=a=b',
    'type=purchase',
  ]);
});

test('a column inside an object is named with dots', () => {
  expect(namesOf({ ...purchases, map: ['customerId=user.id'] }, ['user'])).toContain('customerId=user.id');
});

const idOf = (options: PlanOptions, contentHash = 'content'): string =>
  importIdOf(contentHash, readPlan(options, columns));

test('the order in which fields are given does not change the import', () =>
  fc.assert(
    fc.property(
      fc.shuffledSubarray(['customerId=customerId', 'timestamp=date', 'properties.amount=amount'], { minLength: 3 }),
      map => {
        expect(idOf({ ...purchases, map })).toBe(idOf(purchases));
      },
    ),
  ));

test('what changes the meaning of a row changes the import', () => {
  const ids = [
    idOf(purchases),
    idOf(purchases, 'other content'),
    idOf({ ...purchases, type: 'refund' }),
    idOf({ ...purchases, source: 'shop' }),
    idOf({ ...purchases, set: ['properties.currency=USD'] }),
    idOf({ ...purchases, map: ['customerId=customerId', 'timestamp=date,properties.amount=quantity'] }),
    idOf({ ...purchases, number: ['properties.amount'] }),
    idOf({ as: 'profiles', map: ['email=email'] }),
    idOf({ as: 'profiles', map: ['email=email'], source: 'crm' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('a message id has at most 100 characters', () => {
  expect(rowId(idOf(purchases), Number.MAX_SAFE_INTEGER).length).toBeLessThanOrEqual(100);
});
