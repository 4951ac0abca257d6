export const funnelOrders = ['sequential', 'strict', 'any'] as const;
export type FunnelOrder = (typeof funnelOrders)[number];

/** Whoever of a group (of any, where it is below 0) reached a step, or reached it and no further; steps from 1. */
export interface FunnelCell {
  step: number;
  stopped: boolean;
  group: number;
}

/** Figures at the place `group * (steps + 1) + step`; seconds of everybody who filled a step, in no order. */
export interface FunnelSums {
  /** How many people filled exactly so many steps. */
  depths: number[];
  sincePrevious: Uint32Array[][];
  sinceStart: Uint32Array[][];
  collected: Uint32Array[];
}
