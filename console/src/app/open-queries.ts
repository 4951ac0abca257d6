import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../core/contract/api-error.ts';

const triesMax = 2;
const freshMilliseconds = 5_000;

/** Only what may pass by itself is asked again: no answer, too many requests, a server that is not well. */
const mayPass = (failure: unknown): boolean =>
  !(failure instanceof ApiError) || failure.status === 429 || failure.status >= 500;

const waitMilliseconds = (tries: number, failure: unknown): number =>
  failure instanceof ApiError && failure.retryAfterSeconds !== undefined
    ? failure.retryAfterSeconds * 1000
    : 500 * 2 ** tries;

export const openQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMilliseconds,
        retry: (tries, failure) => tries < triesMax && mayPass(failure),
        retryDelay: waitMilliseconds,
      },
    },
  });
