import * as z from 'zod';

/** How many examples of profiles that differ are named. */
const examplesMax = 20;

/** What a walk over profiles has found so far. */
export const ReconciliationTally = z.object({
  checked: z.number().int(),
  /** Kept something else than their events come to. */
  different: z.number().int(),
  repaired: z.number().int(),
  /** Have events that have expired, by which nothing can be recomputed. */
  incomplete: z.number().int(),
  /** Some of those that differed. */
  examples: z.array(z.string()).max(examplesMax),
});
export type ReconciliationTally = z.output<typeof ReconciliationTally>;

export const emptyTally: ReconciliationTally = { checked: 0, different: 0, repaired: 0, incomplete: 0, examples: [] };

export const addTallies = (one: ReconciliationTally, other: ReconciliationTally): ReconciliationTally => ({
  checked: one.checked + other.checked,
  different: one.different + other.different,
  repaired: one.repaired + other.repaired,
  incomplete: one.incomplete + other.incomplete,
  examples: [...one.examples, ...other.examples].slice(0, examplesMax),
});
