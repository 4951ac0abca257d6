/** Runs a request once per key; a repeat gets the first answer. A key that comes with another body is refused. */
export type AnswerOnce = <Answer>(key: string, request: unknown, run: () => Promise<Answer>) => Promise<Answer>;
