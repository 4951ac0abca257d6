import { expect, test } from 'vitest';
import { decideMatch } from '../../../../core/engines/identity/decide-match.ts';
import { isFor, type KeptModel, keptModel, modelFrom } from '../../../../core/engines/identity/kept-model.ts';
import { defaultMatchSettings } from '../../../../core/engines/identity/match-settings.ts';
import { scanRecords } from '../../../../core/engines/identity/scan-records.ts';
import { generatedPeople } from '../../../bench/identity/generated-people.ts';

const rates = { persons: 300, recordsMax: 3, typo: 0.1, missing: 0.1, shortName: 0.2 };
const { records, kinds } = generatedPeople({ ...rates, moved: 0.1, renamed: 0.05, sharing: 0.15 }, 4);
const scan = scanRecords(records, kinds, defaultMatchSettings);
const stored = (share?: number): KeptModel => JSON.parse(JSON.stringify(keptModel(scan.model, kinds, share)));

test('a model that was kept judges every pair as the one that was learnt', () => {
  const model = modelFrom(stored());
  for (const [pair, score] of scan.scores.entries()) {
    const [left, right] = [records[scan.pairs.left[pair] ?? 0], records[scan.pairs.right[pair] ?? 0]];
    if (!left || !right) throw new Error('a pair of nobody');
    expect(decideMatch(left, right, model, defaultMatchSettings).score).toBeCloseTo(score, 4);
  }
});

test('no value is kept that one record alone has', () => {
  const counts = Object.values(stored().terms).flatMap(term => term.counts);
  expect(counts.length).toBeGreaterThan(0);
  expect(counts.every(([, count]) => count > 1)).toBe(true);
});

test('what was learnt from a tenth of all makes a pair of strangers ten times likelier', () => {
  expect(stored(0.1).weights.sameOdds).toBeCloseTo(stored().weights.sameOdds / 10, 12);
});

test('it is used for the attributes that it was learnt for, in whatever order', () => {
  const { plan, ...others } = kinds;
  expect(isFor(stored(), { plan: plan ?? 'text', ...others })).toBe(true);
  expect(isFor(stored(), others)).toBe(false);
});
