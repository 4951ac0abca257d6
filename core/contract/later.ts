import * as z from 'zod';

/** In place of an answer that takes longer than a caller waits: the job that looks for it. */
export const Later = z
  .object({
    /** `GET /jobs/{id}` tells how far it is, `GET /exports/{id}` where its answer is. */
    jobId: z.string(),
  })
  .meta({ id: 'Later' });
