import type { View } from '../../model/caller.ts';

const openness: Readonly<Record<View, number>> = { drop: 0, hash: 1, mask: 2, show: 3 };

/** Of several views the one that tells most; of none, nothing is told. */
export const widestOf = (views: readonly View[]): View =>
  views.reduce((best, view) => (openness[view] > openness[best] ? view : best), 'drop');
