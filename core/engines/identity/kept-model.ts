import { comparisonsOf } from './comparisons-of.ts';
import type { MatchModel } from './match-model.ts';
import type { AttributeKinds } from './normal-forms.ts';
import type { Weights } from './weights.ts';

/** A model as it is kept: plain data. Values that one record alone has are not in it; they count as that anyway. */
export interface KeptModel {
  kinds: AttributeKinds;
  weights: Weights;
  terms: Readonly<Record<string, { total: number; chance: number; counts: [value: string, count: number][] }>>;
}

/** @param share of all people whose records it was learnt from: among all of them a pair is one person’s less often */
export const keptModel = ({ weights, terms }: MatchModel, kinds: AttributeKinds, share = 1): KeptModel => ({
  kinds,
  weights: { ...weights, sameOdds: weights.sameOdds * share, householdOdds: weights.householdOdds * share },
  terms: Object.fromEntries(
    [...terms].map(([name, { counts, total, chance }]) => [
      name,
      { total, chance, counts: [...counts].filter(([, count]) => count > 1) },
    ]),
  ),
});

export const modelFrom = ({ kinds, weights, terms }: KeptModel): MatchModel => ({
  comparisons: comparisonsOf(kinds),
  weights,
  terms: new Map(
    Object.entries(terms).map(([name, { total, chance, counts }]) => [
      name,
      { total, chance, counts: new Map(counts) },
    ]),
  ),
});

/** Was it learnt for these attributes? */
export const isFor = ({ kinds }: KeptModel, wanted: AttributeKinds): boolean =>
  JSON.stringify(Object.entries(kinds).sort()) === JSON.stringify(Object.entries(wanted).sort());
