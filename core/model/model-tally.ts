import * as z from 'zod';

/** What training, or scoring, has come to so far. */
export const ModelTally = z.object({
  /** What became of each model: `ready`, or why it is not. */
  models: z.record(z.string(), z.string()),
  /** Of how many people a score was told, and of how many it moved. */
  scored: z.number().int(),
  moved: z.number().int(),
});
export type ModelTally = z.output<typeof ModelTally>;

export const emptyModelTally: ModelTally = { models: {}, scored: 0, moved: 0 };
