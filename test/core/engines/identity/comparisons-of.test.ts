import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisonsOf } from '../../../../core/engines/identity/comparisons-of.ts';
import { matchRecord } from '../../../../core/engines/identity/match-record.ts';
import type { AttributeKinds } from '../../../../core/engines/identity/normal-forms.ts';

const kinds: AttributeKinds = {
  firstName: 'givenName',
  lastName: 'familyName',
  birthDate: 'birthDate',
  city: 'city',
  postalCode: 'postalCode',
  email: 'email',
  phone: 'phone',
  plan: 'text',
};
const comparisons = comparisonsOf(kinds);

type Values = Partial<Record<keyof typeof kinds, string>>;

const levelOf = (name: string, left: Values, right: Values): string | undefined => {
  const comparison = comparisons.find(one => one.name === name);
  const [one, other] = [matchRecord(left, kinds).attributes, matchRecord(right, kinds).attributes];
  return comparison?.levels[comparison.levelOf(one, other)];
};

test.each<[string, Values, Values, string]>([
  ['firstName', { firstName: 'William' }, { firstName: 'william' }, 'exact'],
  ['firstName', { firstName: 'Bill' }, { firstName: 'Willie' }, 'short form'],
  ['firstName', { firstName: 'John Paul' }, { firstName: 'John' }, 'close'],
  ['firstName', { firstName: 'W.' }, { firstName: 'William' }, 'initial'],
  ['firstName', { firstName: 'Wiliam' }, { firstName: 'William' }, 'close'],
  ['firstName', { firstName: 'Nora' }, { firstName: 'Nuri' }, 'alike'],
  ['firstName', { firstName: 'William' }, { firstName: 'Rosa' }, 'different'],
  ['firstName', { firstName: 'William' }, {}, 'missing'],
  ['firstName', { firstName: 'Bryant' }, { firstName: 'Walter', lastName: 'Bryant' }, 'missing'],
  ['lastName', { firstName: 'Bryant' }, { firstName: 'Walter', lastName: 'Bryant' }, 'crossed'],
  ['lastName', { lastName: 'Sturgess' }, { lastName: 'Sturgess' }, 'exact'],
  ['lastName', { lastName: 'Sturgess' }, { lastName: 'Sturgeds' }, 'close'],
  ['birthDate', { birthDate: '1855-01-01' }, { birthDate: '1855-01-01' }, 'exact'],
  ['birthDate', { birthDate: '1855-03-12' }, { birthDate: '1855-03-17' }, 'one slip'],
  ['birthDate', { birthDate: '1855-03-12' }, { birthDate: '1855-12-03' }, 'one slip'],
  ['birthDate', { birthDate: '1855-01-01' }, { birthDate: '1858-01-01' }, 'year alone near'],
  ['birthDate', { birthDate: '1855-03-12' }, { birthDate: '1855-07-28' }, 'same year'],
  ['birthDate', { birthDate: '1855-03-12' }, { birthDate: '1866-03-12' }, 'same day of the year'],
  ['birthDate', { birthDate: '1855-03-12' }, { birthDate: '1921-11-30' }, 'different'],
  [
    'address',
    { city: 'Leeds', postalCode: 'ls1 1aa' },
    { city: 'Leeds', postalCode: 'ls1 1aa' },
    'city exact, code exact',
  ],
  [
    'address',
    { city: 'Leeds', postalCode: 'ls1 1aa' },
    { city: 'York', postalCode: 'ls1 9zz' },
    'city different, same area',
  ],
  ['address', { city: 'Leeds' }, { city: 'Leedz', postalCode: 'ls1 9zz' }, 'city close, code missing'],
  ['address', { city: 'Leeds' }, { postalCode: 'ls1 9zz' }, 'missing'],
  ['email', { email: 'maple@a.example' }, { email: 'maple@b.example' }, 'same before the @'],
  ['email', { email: 'maple@a.example' }, { email: 'mapel@a.example' }, 'close'],
  ['phone', { phone: '+44 20 7946 0958' }, { phone: '020 7946 0958' }, 'same last digits'],
  ['phone', { phone: '+442079460958' }, { phone: '+442079460959' }, 'one slip'],
  ['plan', { plan: 'business plus' }, { plan: 'busines plus' }, 'close'],
])('%s of %j and %j: %s', (name, left, right, expected) => {
  expect(levelOf(name, left, right)).toBe(expected);
  expect(levelOf(name, right, left)).toBe(expected);
});

test('addresses of namesakes that look alike say nothing that the names have not said', () => {
  const [one, other] = ['rosa.field12@mail.example', 'rosa.field17@mail.example'];
  const name = { firstName: 'Rosa', lastName: 'Field' };
  expect(levelOf('email', { ...name, email: one }, { ...name, email: other })).toBe('missing');
  expect(levelOf('email', { email: one }, { email: other })).toBe('close');
});

const values = fc.record(
  {
    firstName: fc.constantFrom('Ann', 'Nancy', 'A', 'Smith', 'Anna Maria'),
    lastName: fc.constantFrom('Smith', 'Smyth', 'Ann', 'Jones'),
    birthDate: fc.constantFrom('1990-01-01', '1991-01-01', '1990-10-01', '1990-01-10'),
    city: fc.constantFrom('Leeds', 'Leedz', 'York'),
    postalCode: fc.constantFrom('ls1 1aa', 'ls1 9zz', 'yo1 1aa'),
    email: fc.constantFrom('ann@a.example', 'ann@b.example', 'anne@a.example'),
    phone: fc.constantFrom('+442079460958', '02079460958'),
    plan: fc.constantFrom('basic', 'basics'),
  },
  { requiredKeys: [] },
);

test('it never matters which of two records is first, neither for the level nor for the common value', () =>
  fc.assert(
    fc.property(values, values, (left, right) => {
      const [one, other] = [matchRecord(left, kinds).attributes, matchRecord(right, kinds).attributes];
      for (const comparison of comparisons) {
        const level = comparison.levelOf(one, other);
        expect(comparison.levelOf(other, one), comparison.name).toBe(level);
        if (comparison.termAttributes[level] !== undefined && comparison.levels[level] === 'exact')
          expect(comparison.termOf(one, other, level)).toBe(comparison.termOf(other, one, level));
      }
    }),
  ));
