/** What an attempt at a funnel must keep to, in numbers of the columns. */
export interface FunnelRules {
  steps: number;
  /** By type: a bit for each step that it fills, from the lowest one on; or `endsAttempts`. */
  masks: Int32Array;
  /** Seconds since 1970, `until` excluded. */
  from: number;
  until: number;
  /** From the first step to the last, its edge included. */
  windowSeconds: number;
}

/** Between two steps it ends the attempt. */
export const endsAttempts = 1 << 30;

/** Looks for the attempt of one person that gets furthest; of several the earliest. */
export interface Attempts {
  /** How many steps it fills, of the rows from `start` up to, but not including, `end`. */
  furthest(seconds: Uint32Array, types: Uint8Array | Uint16Array, start: number, end: number): number;
  /** When it filled each of them: holds until the next person. */
  times: Uint32Array;
}
