import * as z from 'zod';

/** In place of an answer that takes longer than a caller waits: the job that looks for it. */
export const Later = z
  .object({
    /** `GET /jobs/{id}` tells how far it is, `GET /exports/{id}` where its answer is. */
    jobId: z.string(),
  })
  .meta({ id: 'Later' });

/** What a client throws where the answer comes later. */
export class AnswerLater extends Error {
  override readonly name = 'AnswerLater';
  readonly jobId: string;

  constructor(jobId: string) {
    super(`the answer takes longer: job ${jobId} looks for it`);
    this.jobId = jobId;
  }
}
