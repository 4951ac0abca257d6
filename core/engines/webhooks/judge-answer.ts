/** It was taken; it may be taken later; the receiver is gone for good. */
export type Verdict = 'taken' | 'failing' | 'gone';

/** What an answer of a receiver means. A redirect is a failure; whatever is not taken is tried again. */
export const judgeAnswer = (status: number | undefined): Verdict => {
  if (status === 410) return 'gone';
  return status !== undefined && status >= 200 && status <= 299 ? 'taken' : 'failing';
};

/** Whether the receiver itself is in trouble, so that nobody else should wait for it now. */
export const isOverloaded = (status: number | undefined): boolean =>
  status === undefined || status === 429 || status >= 500;

/** Why a receiver has not taken something. */
export const reasonOf = ({ status, error }: { status?: number | undefined; error?: string | undefined }): string =>
  error ?? `the endpoint answered ${status}`;
