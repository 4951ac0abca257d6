import { expect, test } from 'vitest';
import { wordsOfFailure } from '../../../console/src/ui/words-of-failure.ts';
import { AnswerLater } from '../../../core/contract/answer-later.ts';
import { ApiError } from '../../../core/contract/api-error.ts';

const answer = (status: number) => new ApiError(status, { message: 'what the API says', requestId: 'request-1' });

test.each<[string, unknown, RegExp]>([
  ['the API is down', new TypeError('Failed to fetch'), /cannot be reached/],
  ['401', answer(401), /not signed in/],
  ['403', answer(403), /may not do this/],
  ['409', answer(409), /does not go together/],
  ['412', answer(412), /faster/],
  ['422', answer(422), /not as it should be/],
  ['429', answer(429), /Too many requests/],
  ['500', answer(500), /has failed/],
  ['an answer that takes longer', new AnswerLater('job-1'), /takes longer/],
])('%s has words of its own', (_what, failure, title) => {
  expect(wordsOfFailure(failure).title).toMatch(title);
});

test('what the API says of a fault is shown by its path, with the number of the request', () => {
  const failure = new ApiError(400, {
    message: 'Bad.',
    details: [{ path: 'body.name', reason: 'is missing' }],
    requestId: 'r-1',
  });
  expect(wordsOfFailure(failure)).toMatchObject({ requestId: 'r-1' });
  expect(wordsOfFailure(failure).details).toContain('body.name is missing');
});
