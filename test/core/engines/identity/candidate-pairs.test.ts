import { expect, test } from 'vitest';
import { candidatePairs } from '../../../../core/engines/identity/candidate-pairs.ts';
import { matchRecord } from '../../../../core/engines/identity/match-record.ts';
import type { AttributeKinds } from '../../../../core/engines/identity/normal-forms.ts';
import { generatedPeople } from '../../../bench/identity/generated-people.ts';

const kinds: AttributeKinds = { firstName: 'givenName', lastName: 'familyName', birthDate: 'birthDate', city: 'city' };
const pairsOf = (records: Parameters<typeof candidatePairs>[0]) => {
  const { left, right } = candidatePairs(records, kinds);
  return Array.from(left, (one, index) => [one, right[index]]);
};

test('records that share a key are a pair, once, however many keys they share', () => {
  const rosa = { firstName: 'Rosa', lastName: 'Field', birthDate: '1990-03-12', city: 'Leeds' };
  const records = [rosa, { firstName: 'Omar', lastName: 'Quill' }, rosa, { city: 'Leeds' }];
  expect(pairsOf(records.map(values => matchRecord(values, kinds)))).toEqual([
    [0, 2],
    [0, 3],
    [2, 3],
  ]);
});

test('an identifier in common makes a pair of records that have nothing else', () => {
  const device = matchRecord({}, kinds, [{ type: 'deviceId', value: 'd-1' }]);
  expect(pairsOf([device, matchRecord({}, kinds), device])).toEqual([[0, 2]]);
});

test('a value that everybody has makes no pairs, and is counted', () => {
  const everybody = Array.from({ length: 500 }, () => matchRecord({ lastName: 'Field', city: 'Leeds' }, kinds));
  const { left, blocksSkipped } = candidatePairs(everybody, kinds);
  expect(left.length).toBe(0);
  expect(blocksSkipped).toBeGreaterThan(0);
});

test('pairs do not grow with the square of the records', () => {
  const rates = { typo: 0.1, missing: 0.1, shortName: 0.1, moved: 0.1, renamed: 0.05, sharing: 0.1, recordsMax: 3 };
  const perRecord = [1000, 8000].map(persons => {
    const people = generatedPeople({ ...rates, persons }, 5);
    return candidatePairs(people.records, people.kinds).left.length / people.records.length;
  });
  expect((perRecord[1] ?? 0) / (perRecord[0] ?? 0)).toBeLessThan(3);
});
