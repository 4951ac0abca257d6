/** Whoever is at a node, goes on along a link, or ends at a node; steps from 0. */
export type JourneyCell =
  | { step: number; event: string }
  | { step: number; event: string; to: string }
  | { step: number; event: string; ends: true };

/** `nodes` and `ends` at the place `step * types + type`, `links` at `(step * types + type) * types + next type`. */
export interface JourneySums {
  types: number;
  people: number;
  nodes: Uint32Array;
  ends: Uint32Array;
  links: Uint32Array;
  collected: Uint32Array[];
}
