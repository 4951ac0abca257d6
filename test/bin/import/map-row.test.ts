import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlanOptions, readPlan } from '../../../bin/import/read-plan.ts';
import { mapRow } from '../../../core/engines/imports/map-row.ts';

const map = (options: PlanOptions, cells: Record<string, unknown>) => {
  const plan = readPlan(options, Object.keys(cells));
  return mapRow({ number: 1, cells }, plan);
};
const bodyOf = (options: PlanOptions, cells: Record<string, unknown>): unknown => {
  const result = map(options, cells);
  return 'body' in result ? result.body : [result.path, result.reason];
};

test('a purchase names who, when and what; blanks around cells and blank cells are left out', () => {
  const options: PlanOptions = {
    as: 'events',
    type: 'purchase',
    source: 'shop',
    set: ['properties.currency=USD'],
    map: [
      'customerId=id,email=mail,custom:crm=crm',
      'timestamp=date',
      'properties.amount=sum',
      'properties.item.sku=sku',
    ],
  };
  expect(bodyOf(options, { id: ' 00001 ', mail: ' ', crm: 'c-1', date: '1997-01-01', sum: '12.00', sku: 'x' })).toEqual(
    {
      identifiers: [
        { type: 'customerId', value: '00001' },
        { type: 'custom:crm', value: 'c-1' },
      ],
      type: 'purchase',
      source: 'shop',
      timestamp: '1997-01-01',
      properties: { amount: '12.00', item: { sku: 'x' }, currency: 'USD' },
    },
  );
});

const decimal = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.stringMatching(/^\d{0,10}$/))
  .map(([whole, fraction]) => (fraction === '' ? String(whole) : `${whole}.${fraction}`));

test('every decimal arrives as it was written', () =>
  fc.assert(
    fc.property(decimal, amount => {
      const options: PlanOptions = { as: 'events', type: 'purchase', map: ['customerId=id', 'properties.amount=sum'] };
      expect(bodyOf(options, { id: 'a', sum: amount })).toMatchObject({ properties: { amount } });
    }),
  ));

test('a profile is flat, with its other identifiers below externalIds', () => {
  const options: PlanOptions = {
    as: 'profiles',
    map: ['email=mail,attributes.firstName=first', 'deviceId=device,custom:crm=crm,tags=tags', 'customFields.a.b=ab'],
    set: ['consent.email=yes'],
  };
  const cells = { mail: 'a@b.co', first: 'Ann', device: 'd-1', crm: '7', tags: 'vip; new|,', ab: 'x' };
  expect(bodyOf(options, cells)).toEqual({
    email: 'a@b.co',
    firstName: 'Ann',
    externalIds: { deviceIds: ['d-1'], custom: { crm: '7' } },
    tags: ['vip', 'new'],
    customFields: { 'a.b': 'x' },
    consent: { email: true },
  });
});

const consents: PlanOptions = { as: 'consents', map: ['email=mail', 'consent.email=news'] };

test.each([
  ...['true', 'TRUE', 'yes', 'Yes', '1', 1, true].map(cell => [cell, true] as const),
  ...['false', 'False', 'no', 'NO', '0', 0, false].map(cell => [cell, false] as const),
])('consent %j is %s', (news, granted) => {
  expect(bodyOf(consents, { mail: 'a@b.co', news })).toEqual({
    type: 'consent',
    identifiers: [{ type: 'email', value: 'a@b.co' }],
    source: 'import',
    consent: { email: granted },
  });
});

test.each([
  ['maybe', ['consent.email', 'is none of true, false, yes, no, 1, 0']],
  ['2', ['consent.email', 'is none of true, false, yes, no, 1, 0']],
  ['', ['consent', 'names no consent']],
])('consent %j is refused, never guessed', (news, refused) => {
  expect(bodyOf(consents, { mail: 'a@b.co', news })).toEqual(refused);
});

test.each([
  ['12.50', { n: 12.5 }],
  ['-3', { n: -3 }],
  [7, { n: 7 }],
  ['12,5', ['properties.n', 'is not a number']],
  ['0x10', ['properties.n', 'is not a number']],
  ['1234567890123456', ['properties.n', 'has more than 15 digits']],
])('--number makes %j a number or refuses it', (cell, expected) => {
  const options: PlanOptions = {
    as: 'events',
    type: 't',
    map: ['customerId=id,properties.n=n'],
    number: ['properties.n'],
  };
  const body = bodyOf(options, { id: 'a', n: cell });
  expect(Array.isArray(body) ? body : (body as { properties: unknown }).properties).toEqual(expected);
});

test('values of JSON keep their types, identifiers become text, objects are no text', () => {
  const options: PlanOptions = { as: 'events', type: 't', map: ['customerId=user.id', 'properties.list=list'] };
  expect(bodyOf(options, { user: { id: 7 }, list: [1, { a: null }] })).toEqual({
    type: 't',
    identifiers: [{ type: 'customerId', value: '7' }],
    properties: { list: [1, { a: null }] },
  });
  expect(bodyOf({ as: 'events', type: 't', map: ['customerId=user'] }, { user: { id: 7 } })).toEqual([
    'customerId',
    'is not text',
  ]);
});
