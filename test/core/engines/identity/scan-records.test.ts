import { describe, expect, test } from 'vitest';
import { decideMatch } from '../../../../core/engines/identity/decide-match.ts';
import { matchRecord } from '../../../../core/engines/identity/match-record.ts';
import { defaultMatchSettings } from '../../../../core/engines/identity/match-settings.ts';
import { scanRecords } from '../../../../core/engines/identity/scan-records.ts';
import { patternWeight } from '../../../../core/engines/identity/weights.ts';
import { fittedScores } from '../../../bench/identity/fitted-scores.ts';
import { generatedPeople, type PeopleRates } from '../../../bench/identity/generated-people.ts';
import { judgePeople } from '../../../bench/identity/judge-people.ts';
import { directQuality } from '../../../bench/identity/pair-quality.ts';

const usual: PeopleRates = {
  persons: 1500,
  recordsMax: 4,
  typo: 0.1,
  missing: 0.15,
  shortName: 0.2,
  moved: 0.1,
  renamed: 0.05,
  sharing: 0.15,
};

describe.each<[string, Partial<PeopleRates>, number]>([
  ['the usual errors', {}, 11],
  ['few errors, few repeats', { typo: 0.02, missing: 0.05, recordsMax: 2, moved: 0.03, persons: 2500 }, 12],
  ['many errors', { typo: 0.2, missing: 0.3, shortName: 0.4, moved: 0.2, renamed: 0.1 }, 13],
  ['many households', { sharing: 0.3 }, 14],
  ['many records of each', { recordsMax: 12, persons: 500 }, 15],
])('records with %s', (_, rates, seed) => {
  const people = generatedPeople({ ...usual, ...rates }, seed);
  const judged = judgePeople(people);
  const { scan, isMatch, matches, direct, clustered } = judged;

  test('are matched at 95 with a precision of 0.995, and a third of the pairs is found', () => {
    expect(direct[95]?.precision).toBeGreaterThanOrEqual(0.995);
    expect(direct[95]?.recall).toBeGreaterThanOrEqual(0.35);
  });

  test('are matched at 60 nearly as well as with weights fitted on the truth', () => {
    const fitted = directQuality(fittedScores(scan, people.records, isMatch, 30_000), isMatch, 60, matches);
    expect(direct[60]?.f1).toBeGreaterThanOrEqual(0.8);
    expect((direct[60]?.f1 ?? 0) / fitted.f1).toBeGreaterThanOrEqual(0.95);
  });

  test('are grouped without losing precision', () => {
    expect(clustered[95]?.precision).toBeGreaterThanOrEqual(0.99);
    expect(clustered[95]?.recall).toBeGreaterThanOrEqual((direct[95]?.recall ?? 0) - 0.01);
  });

  test('have scores that say how often they are right', () => {
    for (const [from, to] of [
      [20, 60],
      [60, 95],
      [95, 100.1],
    ] as const) {
      let [pairs, said, right] = [0, 0, 0];
      for (const [pair, score] of scan.scores.entries()) {
        if (score < from || score >= to) continue;
        pairs += 1;
        said += score / 100;
        right += isMatch[pair] ?? 0;
      }
      expect(pairs, `${from} to ${to}`).toBeGreaterThan(0);
      // What is left to chance shrinks with the number of pairs.
      expect(Math.abs(said - right) / pairs, `${from} to ${to}`).toBeLessThan(0.2 + 1 / Math.sqrt(pairs));
    }
  });
});

test('a control: without the household among the explanations the people of one are taken for each other', () => {
  const people = generatedPeople({ ...usual, sharing: 0.5 }, 14);
  const { scan, isMatch, matches } = judgePeople(people);
  const { model, table } = scan;
  const withoutHouseholds = Float32Array.from(table.patternOf, (pattern, pair) => {
    const { own, shared } = patternWeight(model.comparisons, model.weights, table.patterns[pattern] ?? []);
    const rare = (table.ownRarityOf[pair] ?? 0) + (table.sharedRarityOf[pair] ?? 0);
    return 100 / (1 + Math.exp(-(Math.log(model.weights.sameOdds) + own + shared + rare)));
  });
  expect(directQuality(withoutHouseholds, isMatch, 95, matches).precision).toBeLessThan(0.995);
});

test('where nobody has two records hardly any pair is called one', () => {
  const { records, kinds } = generatedPeople({ ...usual, recordsMax: 1, persons: 3000 }, 16);
  const { scores } = scanRecords(records, kinds, defaultMatchSettings);
  expect(scores.filter(score => score >= 60).length).toBeLessThanOrEqual(3);
});

test.each([0, 1, 2, 3, 10])('%d records are scanned, and no score leaves 0 to 100', count => {
  const { records, kinds } = generatedPeople({ ...usual, persons: 20 }, 17);
  const { scores } = scanRecords(records.slice(0, count), kinds, defaultMatchSettings);
  for (const score of scores) expect(score >= 0 && score <= 100).toBe(true);
});

test('records that say nothing are scanned, and make no pair', () => {
  const { kinds } = generatedPeople({ ...usual, persons: 1 }, 18);
  const silent = Array.from({ length: 5 }, () => matchRecord({}, kinds));
  expect(scanRecords(silent, kinds, defaultMatchSettings).scores.length).toBe(0);
});

test('a decision explains the very score that the scan gave', () => {
  const people = generatedPeople({ ...usual, persons: 300 }, 19);
  const { pairs, scores, model } = scanRecords(people.records, people.kinds, defaultMatchSettings);
  const silent = matchRecord({}, people.kinds);
  for (const [pair, score] of scores.entries()) {
    if (pair % 7 !== 0) continue;
    const [left, right] = [people.records[pairs.left[pair] ?? 0], people.records[pairs.right[pair] ?? 0]];
    const decision = decideMatch(left ?? silent, right ?? silent, model, defaultMatchSettings);
    const bits = decision.contributions.reduce((sum, { contributionBits }) => sum + contributionBits, 0);
    expect(Math.abs(decision.score - score)).toBeLessThan(0.11);
    if (decision.guard === undefined) expect(Math.abs(100 / (1 + 2 ** -bits) - score)).toBeLessThan(0.11);
  }
});

test('the same records give the same scores', () => {
  const { records, kinds } = generatedPeople({ ...usual, persons: 200 }, 20);
  const scan = () => [...scanRecords(records, kinds, defaultMatchSettings).scores];
  expect(scan()).toEqual(scan());
});
