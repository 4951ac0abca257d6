import { AnswerLater } from '../../../core/contract/answer-later.ts';
import { ApiError } from '../../../core/contract/api-error.ts';
import { commonWords } from '../words/common.ts';

/** What went wrong, in words, and what may be done. */
export interface FailureWords {
  title: string;
  /** What the API said, where it said anything; else what to do. */
  details: string[];
  requestId?: string | undefined;
}

const { failures } = commonWords;
const wordsOf = (kind: string): [string, string] => failures[kind] ?? failures.other ?? ['', ''];

const ofAnswer = (failure: ApiError): FailureWords => {
  const [title, advice] = wordsOf(String(failure.status));
  const reasons = failure.details.map(({ path, reason }) => `${path} ${reason}`);
  return { title, details: [failure.message, ...reasons, advice], requestId: failure.requestId };
};

/** One set of words for each kind of failure, wherever it shows. */
export const wordsOfFailure = (failure: unknown): FailureWords => {
  if (failure instanceof ApiError) return ofAnswer(failure);
  if (failure instanceof AnswerLater) {
    const [title, advice] = wordsOf('later');
    return { title, details: [advice] };
  }
  const [title, advice] = wordsOf(failure instanceof TypeError ? 'unreachable' : 'crash');
  return { title, details: [advice, failure instanceof Error ? failure.message : String(failure)] };
};
