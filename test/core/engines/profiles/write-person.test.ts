import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyPerson, type PersonWrite, writePerson } from '../../../../core/engines/profiles/write-person.ts';
import type { PersonRecord } from '../../../../core/model/profile-state.ts';

const value = fc.option(fc.constantFrom('a', 'b'), { freq: 3 });
const fields = <Name extends string>(...names: Name[]) =>
  fc.record(Object.fromEntries(names.map(name => [name, value])) as Record<Name, typeof value>, { requiredKeys: [] });

/** Few times, ids and values, so that writers meet often. */
const write: fc.Arbitrary<PersonWrite> = fc.record(
  {
    at: fc.integer({ min: 1, max: 6 }),
    id: fc.constantFrom('m-1', 'm-2', 'm-3'),
    source: fc.constant('test'),
    attributes: fc
      .record(
        {
          plain: fields('firstName', 'city'),
          tags: fc.option(fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 })),
          customFields: fc.option(fields('plan', 'size'), { freq: 4 }),
        },
        { requiredKeys: ['plain'] },
      )
      .map(({ plain, ...others }) => ({ ...plain, ...others })),
    consent: fc.record({ email: fc.boolean(), sms: fc.boolean() }, { requiredKeys: [] }),
    identifiers: fc.array(fc.constantFrom('c1', 'c2', 'c3').map(one => ({ type: 'customerId' as const, value: one }))),
  },
  { requiredKeys: ['at', 'id', 'source'] },
);

/** One message says one thing: no two writes of the same time and id. */
const writes = fc.uniqueArray(write, { maxLength: 12, selector: ({ at, id }) => `${at} ${id}` });
const inTwoOrders = writes.chain(list =>
  fc.record({ given: fc.constant(list), other: fc.shuffledSubarray(list, { minLength: list.length }) }),
);

const written = (list: readonly PersonWrite[]): PersonRecord => list.reduce(writePerson, emptyPerson(0));
const said = ({ attributes, provenance, consent, identifiers }: PersonRecord) => ({
  attributes,
  provenance,
  consent,
  identifiers: identifiers.map(one => one.key).sort(),
});

test('whoever speaks last about a field has the last word, in whatever order the words arrive', () => {
  fc.assert(
    fc.property(inTwoOrders, ({ given, other }) => {
      expect(said(written(other))).toEqual(said(written(given)));
    }),
    { numRuns: 500 },
  );
});

test('hearing everything again changes nothing, not even the record', () => {
  fc.assert(
    fc.property(writes, list => {
      const person = written(list);
      expect(list.reduce(writePerson, person)).toBe(person);
    }),
  );
});

test('a write changes no record that was there before', () => {
  fc.assert(
    fc.property(writes, write, (list, more) => {
      const person = written(list);
      const before = structuredClone(person);
      writePerson(person, more);
      expect(person).toEqual(before);
    }),
  );
});

const at = (time: number, parts: Partial<PersonWrite>): PersonWrite => ({
  at: time,
  id: `m-${time}`,
  source: 't',
  ...parts,
});

test('saying again what stands guards it from an older word that comes late', () => {
  const plan = (firstName: string) => ({ attributes: { firstName } });
  const person = written([at(1, plan('Jane')), at(3, plan('Jane')), at(2, plan('Joan'))]);
  expect(person.attributes.firstName).toBe('Jane');
});

test('a withdrawal holds against an older grant, and a newer grant against it', () => {
  const email = (granted: boolean) => ({ consent: { email: granted } });
  expect(written([at(2, email(false)), at(1, email(true))]).consent.email?.granted).toBe(false);
  expect(written([at(1, email(true)), at(3, email(true)), at(2, email(false))]).consent.email?.granted).toBe(true);
});

test('a field that was cleared stays clear of what was said before', () => {
  const person = written([at(5, { attributes: { city: null } }), at(4, { attributes: { city: 'Rome' } })]);
  expect(person.attributes).not.toHaveProperty('city');
});

test('clearing all custom fields spares what is said later and drops what is said earlier', () => {
  const custom = (customFields: Record<string, string>) => ({ attributes: { customFields } });
  const cleared = at(5, { attributes: { customFields: null } });
  const person = written([
    at(3, custom({ old: '1' })),
    cleared,
    at(4, custom({ late: '2' })),
    at(6, custom({ next: '3' })),
  ]);
  expect(person.attributes.customFields).toEqual({ next: '3' });
});

test('arrays replace, they do not add up', () => {
  const person = written([at(1, { attributes: { tags: ['a', 'b'] } }), at(2, { attributes: { tags: ['c'] } })]);
  expect(person.attributes.tags).toEqual(['c']);
  expect(writePerson(person, at(3, { attributes: { tags: null } })).attributes.tags).toEqual([]);
});
