import { comparisonsOf } from './comparisons-of.ts';
import type { MatchModel } from './match-model.ts';
import type { AttributeKind, AttributeKinds } from './normal-forms.ts';
import type { LevelChances } from './weights.ts';

type Prior = Readonly<
  Record<Exclude<AttributeKind, 'city' | 'postalCode' | 'email' | 'phone'> | 'address', LevelChances>
>;

/**
 * What is taken for true before there are records to learn from: what such records usually are like. Places tell as much
 * as they do in a country of many towns.
 */
const prior: Prior = {
  givenName: {
    same: [0, 0.02, 0.02, 0.02, 0.09, 0.08, 0.77],
    different: [0, 0.955, 0.012, 0.012, 0.005, 0.004, 0.012],
  },
  familyName: { same: [0, 0.07, 0.02, 0.01, 0.08, 0.82], different: [0, 0.985, 0.007, 0.002, 0.003, 0.003] },
  birthDate: {
    same: [0, 0.01, 0.005, 0.005, 0.01, 0.07, 0.9],
    different: [0, 0.98, 0.0145, 0.0022, 0.001, 0.0022, 0.0001],
  },
  address: {
    same: [
      ...[0, 0.05, 0.004, 0.016, 0.16],
      ...[0.04, 0.1, 0.001, 0.001, 0.001],
      ...[0.023, 0.004, 0.001, 0.006, 0.05],
      ...[0.14, 0.006, 0.007, 0.05, 0.34],
    ],
    different: [
      ...[0, 0.22, 0.004, 0.001, 0.0001],
      ...[0.2, 0.555, 0.001, 0.0007, 0.0001],
      ...[0.0011, 0.0024, 0.0005, 0.0002, 0.0001],
      ...[0.003, 0.003, 0.0035, 0.0011, 0.0002],
    ],
  },
  text: { same: [0, 0.15, 0.05, 0.8], different: [0, 0.8, 0.03, 0.17] },
};

const sameOdds = 0.0001;
const householdOdds = 0.00003;

const isPrior = (kind: string): kind is keyof Prior => kind in prior;

/** A model that has learnt nothing yet. */
export const priorModel = (kinds: AttributeKinds): MatchModel => {
  const comparisons = comparisonsOf(kinds);
  const chances = comparisons.map(({ name, levels }) => {
    const kind = kinds[name] ?? 'address';
    const even = levels.map((_, level) => (level === 0 ? 0 : 1));
    return isPrior(kind) ? prior[kind] : { same: even, different: even };
  });
  return { comparisons, terms: new Map(), weights: { sameOdds, householdOdds, chances } };
};
