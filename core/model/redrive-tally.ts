import * as z from 'zod';

/** How many examples of events that stay are named. */
const examplesMax = 20;

/** What a redrive has come to so far. */
export const RedriveTally = z.object({
  /** Put on the event stream, or to be put there where nothing was to be changed. */
  redriven: z.number().int(),
  stillQuarantined: z.number().int(),
  /** Ids that name nothing in the quarantine. */
  notFound: z.number().int(),
  /** Some of those that stay, and why. */
  examples: z.array(z.object({ id: z.string(), reason: z.string(), detail: z.string().optional() })).max(examplesMax),
});
export type RedriveTally = z.output<typeof RedriveTally>;

export const emptyRedriveTally: RedriveTally = { redriven: 0, stillQuarantined: 0, notFound: 0, examples: [] };

export const addRedriveTallies = (one: RedriveTally, other: RedriveTally): RedriveTally => ({
  redriven: one.redriven + other.redriven,
  stillQuarantined: one.stillQuarantined + other.stillQuarantined,
  notFound: one.notFound + other.notFound,
  examples: [...one.examples, ...other.examples].slice(0, examplesMax),
});
