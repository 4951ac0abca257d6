import { expect, test } from 'vitest';
import { combineAttributes } from '../../../../core/engines/merge/combine-attributes.ts';
import { emptyPerson, writePerson } from '../../../../core/engines/profiles/write-person.ts';
import type { AttributesPatch } from '../../../../core/model/profile.ts';

const said = (at: number, attributes: AttributesPatch) =>
  writePerson(emptyPerson(0), { at, id: `write-${at}`, source: 'api', attributes });

const older = said(1, { firstName: 'Jon', city: 'Ulm', tags: ['a', 'b'], customFields: { age: 30, seen: ['x'] } });
const newer = said(2, { firstName: 'John', tags: ['b', 'c'], customFields: { age: 31, seen: ['y'] } });

test('what only one has stays, tags and lists are combined, and each field keeps who said it', () => {
  const { attributes, provenance, decisions } = combineAttributes(older, newer, 'most_recent');
  expect(attributes).toEqual({
    firstName: 'John',
    city: 'Ulm',
    tags: ['a', 'b', 'c'],
    customFields: { age: 31, seen: ['x', 'y'] },
  });
  expect(provenance).toMatchObject({ firstName: { id: 'write-2' }, city: { id: 'write-1' } });
  expect(decisions).toContainEqual({ field: 'city', from: 'primary', reason: 'only_value' });
  expect(decisions).toContainEqual({ field: 'firstName', from: 'secondary', reason: 'most_recent' });
  expect(decisions).toContainEqual({ field: 'tags', from: 'both', reason: 'combined' });
});

test.each([
  ['most_recent', 31, 'John'],
  ['most_complete', 30, 'Jon'],
] as const)('by %s a number of their own is %s, never a sum', (strategy, age, firstName) => {
  for (const [one, other] of [
    [older, newer],
    [newer, older],
  ] as const) {
    const { attributes } = combineAttributes(one, other, strategy);
    expect([attributes.customFields.age, attributes.firstName]).toEqual([age, firstName]);
  }
});

test('a field that one has cleared stays where the other has a value', () => {
  const cleared = said(3, { city: null });
  expect(combineAttributes(cleared, older, 'most_recent').attributes.city).toBe('Ulm');
});
