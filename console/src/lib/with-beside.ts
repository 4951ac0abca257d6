import type { Beside } from '../../../core/contract/client.ts';

/** A result together with what came beside it: the tag that a change must bring along, and how fresh it is. */
export interface WithBeside<Result> {
  result: Result;
  etag: string | null;
  asOf: string | undefined;
}

/** Calls the API, and keeps what comes beside the result. */
export const withBeside = async <Result>(
  call: (heard: (beside: Beside) => void) => Promise<Result>,
): Promise<WithBeside<Result>> => {
  const told: { beside?: Beside } = {};
  const result = await call(beside => {
    told.beside = beside;
  });
  const { headers, meta } = told.beside ?? {};
  return { result, etag: headers?.get('etag') ?? null, asOf: typeof meta?.asOf === 'string' ? meta.asOf : undefined };
};
