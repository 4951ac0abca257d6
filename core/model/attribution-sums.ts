import type { TouchKind } from './attribution-model.ts';

/** Who is behind a figure: whoever converted, whose conversion has no touch, or whom a channel touched so. */
export type AttributionCell = { kind: 'converted' } | { kind: 'unattributed' } | { kind: TouchKind; channel: string };

/** Money in minor units. By channel: at the place `model * channels + channel`, or `kind * channels + channel`. */
export interface AttributionSums {
  /** In parts of a conversion. */
  credit: number[];
  revenue: number[];
  people: number[];
  converted: { conversions: number; people: number; revenue: number };
  unattributed: { conversions: number; people: number; revenue: number };
  /** Conversions whose amount is in another currency. */
  otherCurrency: number;
  /**
   * How often a path goes from one to the other, at the place `from * (channels + 2) + to`: channels at their places (0
   * is the beginning), then whoever converts, then whoever does not.
   */
  steps: number[];
}
