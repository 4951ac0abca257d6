/** What a question may take: so many seconds altogether, however many reads it comes to. */
export interface QuestionBudget {
  seconds: number;
  /** What a read that begins now may take. */
  reading(): { budgetSeconds: number; signal?: AbortSignal | undefined };
}

export const questionBudget = (seconds: number, now: () => Date, signal?: AbortSignal): QuestionBudget => {
  const until = now().getTime() + seconds * 1000;
  return { seconds, reading: () => ({ budgetSeconds: (until - now().getTime()) / 1000, signal }) };
};
