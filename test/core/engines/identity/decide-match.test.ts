import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideMatch } from '../../../../core/engines/identity/decide-match.ts';
import { matchRecord } from '../../../../core/engines/identity/match-record.ts';
import { bandOf, defaultMatchSettings } from '../../../../core/engines/identity/match-settings.ts';
import { scanRecords } from '../../../../core/engines/identity/scan-records.ts';
import type { Identifier } from '../../../../core/model/identifier.ts';
import { generatedPeople } from '../../../bench/identity/generated-people.ts';

const people = generatedPeople(
  { persons: 1500, recordsMax: 4, typo: 0.1, missing: 0.15, shortName: 0.2, moved: 0.1, renamed: 0.05, sharing: 0.15 },
  11,
);
const { model } = scanRecords(people.records, people.kinds, defaultMatchSettings);

type Values = Record<string, string>;

const decided = (left: Values, right: Values, ids: Identifier[] = [], others: Identifier[] = []) =>
  decideMatch(
    matchRecord(left, people.kinds, ids),
    matchRecord(right, people.kinds, others),
    model,
    defaultMatchSettings,
  );

test.each([
  [100, 'merge'],
  [95, 'merge'],
  [94.9, 'review'],
  [80, 'review'],
  [79.9, 'possible'],
  [60, 'possible'],
  [59.9, 'none'],
])('a score of %d is in the band %s', (score, band) => {
  expect(bandOf(score, defaultMatchSettings)).toBe(band);
});

const [email, phone, device, customer]: Identifier[] = [
  { type: 'email', value: 'rosa@mail.example' },
  { type: 'phone', value: '+442079460958' },
  { type: 'deviceId', value: 'd-1' },
  { type: 'customerId', value: 'c-1' },
] as Identifier[];
const of = (...identifiers: (Identifier | undefined)[]): Identifier[] => identifiers.flatMap(one => one ?? []);
const otherThan = (identifier: Identifier | undefined): Identifier[] =>
  of(identifier).map(({ type }) => ({ type, value: type === 'email' ? 'omar@post.example' : '+442079460111' }));

const guardScore = 80;

describe('identifiers alone', () => {
  test.each([
    ['an e-mail address, the only one on both sides', of(email), of(email), 98.9],
    ['all of four', of(email, phone, device, customer), of(email, phone, device, customer), 98.9],
    ['a device alone: never above 80', of(device), of(device), guardScore],
  ])('%s', (_, left, right, expected) => {
    expect(decided({}, {}, left, right).score).toBeCloseTo(expected, 0);
  });

  test('weigh 40, 30, 15 and 15 among those that both have', () => {
    const { contributions } = decided({}, {}, of(email, phone, device), [
      ...of(email),
      ...otherThan(phone),
      ...of(customer),
    ]);
    const said = contributions.filter(({ kind }) => kind === 'identifier');
    expect(said.map(({ field, level }) => `${field} ${level}`)).toEqual(['email agrees', 'phone differs']);
    expect(said[1]?.contributionBits).toBeCloseTo((-2 * 30) / 70, 6);
  });

  test('the more of their weight agrees the higher the score', () => {
    const all = of(email, phone, device, customer);
    const scores = [
      [...otherThan(email), ...otherThan(phone)],
      [...otherThan(email), ...of(phone)],
      [...of(email), ...otherThan(phone)],
      of(email, phone),
    ].map(others => decided({}, {}, all, others).score);
    expect(scores).toEqual([...scores].sort((one, other) => one - other));
    expect(new Set(scores).size).toBe(4);
  });
});

const rosa = { firstName: 'Rosa', lastName: 'Pendalfar', birthDate: '1971-05-23', city: 'Leeds', postalCode: '10042' };

test('two customers of different numbers are never one, whatever agrees', () => {
  const other: Identifier[] = [{ type: 'customerId', value: 'c-2' }];
  const { score, band, guard } = decided(rosa, rosa, of(email, customer), [...of(email), ...other]);
  expect({ score, band, guard }).toEqual({ score: 0, band: 'none', guard: 'different customer ids' });
});

test('a device lifts nobody above 80, and takes nothing from what the attributes reach', () => {
  const weak = { plan: 'basic' };
  expect(decided(weak, weak, of(device), of(device))).toMatchObject({ score: 80, guard: 'shared device alone' });
  const alone = decided(rosa, rosa).score;
  expect(alone).toBeGreaterThan(95);
  expect(decided(rosa, rosa, of(device), of(device)).score).toBeGreaterThanOrEqual(alone);
});

test('a family name and an address in common make nobody one person without being asked', () => {
  const { lastName, city, postalCode } = rosa;
  const { score } = decided({ lastName, city, postalCode }, { lastName, city, postalCode });
  expect(score).toBeLessThanOrEqual(80);
});

test('what is missing on one side says nothing', () => {
  const { firstName: _, ...unnamed } = rosa;
  const { contributions } = decided(rosa, unnamed);
  const said = contributions.find(({ field }) => field === 'firstName');
  expect(said).toMatchObject({ level: 'missing', weightBits: 0, rarityBits: 0, contributionBits: 0 });
});

test('a common value that is rare says more than one that many have', () => {
  const bitsOf = (lastName: string) =>
    decided({ lastName }, { lastName }).contributions.find(({ field }) => field === 'lastName')?.contributionBits ?? 0;
  const counts = [...(model.terms.get('lastName')?.counts ?? [])].sort(([, one], [, other]) => other - one);
  expect(bitsOf('Pendalfar')).toBeGreaterThan(bitsOf(counts[0]?.[0] ?? '') + 2);
});

/** The pairs of `docs/identity.md`, with what it says of them. */
const examples: [Values, Values, string][] = [
  [rosa, { ...rosa, firstName: 'Roza', birthDate: '1971-05-28', city: 'Leed' }, 'merge'],
  [
    { firstName: 'William', lastName: 'Pendalfar', city: 'Leeds' },
    { firstName: 'Bill', lastName: 'Pendalfar', city: 'York' },
    'review',
  ],
  [
    { firstName: 'Wiliam', lastName: 'Pendalfar', plan: 'basic' },
    { firstName: 'William', lastName: 'Pendelfar', plan: 'basic' },
    'possible',
  ],
  [rosa, { ...rosa, firstName: 'Omar', birthDate: '1969-11-02' }, 'none'],
];

test.each(examples)('the worked example %j and %j stands in the documents as %s', (left, right, band) => {
  const decision = decided(left, right);
  const document = readFileSync('docs/identity.md', 'utf8');
  expect(decision.band).toBe(band);
  for (const { kind, level, contributionBits } of decision.contributions)
    if (level !== 'missing')
      expect(document, `${kind} ${level}`).toContain(`${level} | ${contributionBits.toFixed(1)} |`);
  expect(document).toContain(`**${decision.score.toFixed(1)}, ${band}**`);
});
