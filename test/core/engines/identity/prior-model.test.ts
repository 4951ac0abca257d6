import { expect, test } from 'vitest';
import { decideMatch } from '../../../../core/engines/identity/decide-match.ts';
import { priorModel } from '../../../../core/engines/identity/prior-model.ts';
import { comparedKinds, matchSettingsOf, profileRecord } from '../../../../core/engines/identity/profile-record.ts';
import type { Identifier } from '../../../../core/model/identifier.ts';
import { defaultIdentityConfig } from '../../../../core/model/identity-config.ts';
import type { Attributes } from '../../../../core/model/profile.ts';

const config = { ...defaultIdentityConfig, comparedCustomFields: ['plan'] };
const model = priorModel(comparedKinds(config));

const scoreOf = (
  one: Partial<Attributes>,
  other: Partial<Attributes>,
  ids: [Identifier[], Identifier[]] = [[], []],
) => {
  const [left, right] = [one, other].map((attributes, index) =>
    profileRecord({ attributes: { tags: [], customFields: {}, ...attributes }, identifiers: ids[index] ?? [] }, config),
  );
  if (!left || !right) throw new Error('nobody');
  return decideMatch(left, right, model, matchSettingsOf(config));
};

const name = { firstName: 'Rosa', lastName: 'Pendalfar' };
const born = { birthDate: '1971-05-23' };
const home = { city: 'Leeds', postalCode: '10042' };

test('levels have as many chances as there are, each a distribution', () => {
  for (const [index, { levels }] of model.comparisons.entries()) {
    const { same = [], different = [] } = model.weights.chances[index] ?? {};
    expect([same.length, different.length]).toEqual([levels.length, levels.length]);
  }
});

test.each([
  ['name and birth date', { ...name, ...born }, { ...name, ...born }, 95, 100],
  ['name and home', { ...name, ...home }, { ...name, ...home }, 80, 100],
  [
    'a short form, birth date and home',
    { ...name, ...born, ...home },
    { ...name, ...born, ...home, firstName: 'Roza' },
    95,
    100,
  ],
  ['a name alone', name, name, 0, 80],
  ['a common home alone', { lastName: 'Pendalfar', ...home }, { lastName: 'Pendalfar', ...home }, 0, 80],
  [
    'mother and daughter',
    { ...name, ...born, ...home },
    { ...name, firstName: 'Ida', birthDate: '1999-01-07', ...home },
    0,
    60,
  ],
  ['nothing', {}, {}, 0, 1],
])('before anything is learnt, %s', (_, one, other, from, to) => {
  const { score } = scoreOf(one, other);
  expect(score).toBeGreaterThanOrEqual(from);
  expect(score).toBeLessThanOrEqual(to);
});

test('an address counts once, whether it is an identifier, an attribute or both', () => {
  const email = { email: 'rosa@x.example' };
  const identifier: Identifier = { type: 'email', value: 'Rosa@x.example' };
  const scores = [
    scoreOf({ ...name, ...email }, { ...name, ...email }),
    scoreOf(name, name, [[identifier], [identifier]]),
    scoreOf({ ...name, ...email }, { ...name, ...email }, [[identifier], [identifier]]),
  ].map(({ score, contributions }) => [score, contributions.filter(({ field }) => field === 'email').length]);
  expect(new Set(scores.map(one => JSON.stringify(one))).size).toBe(1);
  expect(scores[0]?.[1]).toBe(1);
});

test('what is malformed is matched on nowhere', () => {
  const [one, other] = [
    { ...name, phone: '12' },
    { ...name, phone: '12' },
  ];
  expect(scoreOf(one, other).score).toBe(scoreOf(name, name).score);
});
