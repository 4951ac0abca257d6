/** What a client throws where the answer comes later. */
export class AnswerLater extends Error {
  override readonly name = 'AnswerLater';
  readonly jobId: string;

  constructor(jobId: string) {
    super(`the answer takes longer: job ${jobId} looks for it`);
    this.jobId = jobId;
  }
}
