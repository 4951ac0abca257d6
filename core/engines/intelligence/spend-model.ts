import type { Buyer } from './buyers.ts';

/**
 * Gamma-Gamma (Fader & Hardie 2013): what a purchase brings is spread as a gamma distribution (`p`) around each
 * person's own mean, and those means as an inverse gamma distribution (`q`, `v`, the latter in money).
 */
export interface SpendModel {
  p: number;
  q: number;
  v: number;
}

/** What a purchase of somebody is expected to bring: their own mean, drawn to everybody's the fewer they are. */
export const expectedSpend = (
  { p, q, v }: SpendModel,
  { frequency: x, spend }: Pick<Buyer, 'frequency' | 'spend'>,
): number => (spend > 0 ? (p * (v + x * spend)) / (p * x + q - 1) : (p * v) / (q - 1));
