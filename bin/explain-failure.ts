import { ApiError } from '../core/contract/api-error.ts';
import { ImportFault } from '../core/engines/imports/import-fault.ts';
import { LocalError } from '../lib/local/local-error.ts';
import { CliError } from './cli-error.ts';

const hints: Record<number, string> = {
  401: 'Give a valid key with --key or CDP_KEY.',
  403: 'The key may not do this; use one with the right scope.',
};

const explainApiError = ({ status, code, message, details, requestId }: ApiError): string =>
  [
    `The platform refused this: ${message} (${status} ${code}${requestId ? `, request ${requestId}` : ''}).`,
    ...details.map(({ path, reason }) => `  ${path}: ${reason}`),
    ...(hints[status] === undefined ? [] : [hints[status]]),
  ].join('\n');

const withoutAnswer = new Set(['fetch failed', 'terminated']);

/** Whether `fetch` got no whole answer: nobody listens, the name is unknown, the connection broke. */
export const isNetworkFailure = (failure: unknown): failure is TypeError =>
  failure instanceof TypeError && withoutAnswer.has(failure.message);

const explainNetworkFailure = ({ cause }: TypeError): string =>
  `The platform does not answer (${cause instanceof Error ? cause.message || cause.name : 'no connection'}). ` +
  'Start it with `npm start`, or say with --url where it is.';

/** What to print for something that was thrown: a message where the reader can mend it, the stack where only we can. */
export const explainFailure = (failure: unknown): string => {
  if (failure instanceof CliError || failure instanceof LocalError || failure instanceof ImportFault) {
    return failure.message;
  }
  if (failure instanceof ApiError) return explainApiError(failure);
  if (isNetworkFailure(failure)) return explainNetworkFailure(failure);
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
};
