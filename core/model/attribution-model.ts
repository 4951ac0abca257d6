/** How what a conversion is worth is divided among the touches before it. */
export const attributionModels = [
  'first_touch',
  'last_touch',
  'last_non_direct',
  'linear',
  'position_based',
  'time_decay',
  'shapley',
  'markov',
] as const;
export type AttributionModel = (typeof attributionModels)[number];

/** Those that divide each conversion by itself; the others look at all of them together. */
export const ruleModels = attributionModels.filter(model => model !== 'markov');

/** A conversion is so many parts, which are divided without a rest. */
export const partsOfCredit = 1_000_000;

/** Who counts for a channel: whoever had it first, last, last apart from direct, or at all. */
export const touchKinds = ['first', 'last', 'lastNonDirect', 'any'] as const;
export type TouchKind = (typeof touchKinds)[number];

/** Whose conversions a model gives a channel credit for. */
export const touchKindOf: Readonly<Record<AttributionModel, TouchKind>> = {
  first_touch: 'first',
  last_touch: 'last',
  last_non_direct: 'lastNonDirect',
  linear: 'any',
  position_based: 'any',
  time_decay: 'any',
  shapley: 'any',
  markov: 'any',
};
