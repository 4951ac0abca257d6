import { DeliveryFailed } from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import {
  faultOfStatus,
  isTaken,
  type PlatformAnswer,
  type PlatformRequest,
  retryAfterOf,
} from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';

/** The version of the API that these requests were written for; Klaviyo keeps each for two years. */
export const klaviyoRevision = '2026-04-15';

interface KlaviyoError {
  code?: string;
  title?: string;
  detail?: string;
  source?: { pointer?: string };
}

export const errorsIn = ({ body }: PlatformAnswer): KlaviyoError[] =>
  typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors) ? body.errors : [];

/** What went wrong, as Klaviyo tells it. */
export const klaviyoFault = (answer: PlatformAnswer): DeliveryFailed => {
  const [{ detail, title, code } = {}] = errorsIn(answer);
  const why = detail ?? title ?? 'no reason was given';
  const told = `Klaviyo: ${why} (${code ?? answer.status})`;
  return new DeliveryFailed(told, faultOfStatus(answer.status), retryAfterOf(answer));
};

/** The profiles of a request that were refused, by their index. */
export const refusedProfiles = (answer: PlatformAnswer): Map<number, string> =>
  new Map(
    errorsIn(answer).flatMap(({ detail = 'was refused', source }): [number, string][] => {
      const index = /\/profiles\/data\/(\d+)\//.exec(source?.pointer ?? '')?.[1];
      return index === undefined ? [] : [[Number(index), detail]];
    }),
  );

export type AskKlaviyo = (method: PlatformRequest['method'], path: string, body?: object) => Promise<PlatformAnswer>;

/** Asks Klaviyo; the answer may be a refusal. */
export const klaviyoClient =
  ({ ask, connect, standIns }: PlatformTools): AskKlaviyo =>
  async (method, path, body) => {
    const connection = await connect('klaviyo');
    const origin = originOf('klaviyo', connection, 'https://a.klaviyo.com', standIns);
    const headers = {
      authorization: `Klaviyo-API-Key ${connection.secrets.apiKey ?? ''}`,
      revision: klaviyoRevision,
      accept: 'application/vnd.api+json',
    };
    return ask({ url: `${origin}/api/${path}`, method, headers, ...(body === undefined ? {} : { body }) });
  };

/** The answer, where it is none that refuses. @throws DeliveryFailed */
export const taken = (answer: PlatformAnswer): PlatformAnswer => {
  if (!isTaken(answer)) throw klaviyoFault(answer);
  return answer;
};
