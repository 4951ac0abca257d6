import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import type { Verdict } from '../core/model/caller.ts';
import { authenticate } from './kit/authenticate.ts';
import { log } from './kit/log.ts';
import { services } from './kit/provided-services.ts';

/** Where keys or the issuer cannot be reached nobody is refused for it: they are told to try again. */
const verdictOn = async (headers: APIGatewayRequestAuthorizerEventV2['headers']): Promise<Verdict> => {
  try {
    return await authenticate(headers ?? {}, services());
  } catch (fault) {
    log.error('nobody can tell who calls', { error: fault instanceof Error ? fault.name : 'unknown' });
    return { unknown: true };
  }
};

/** Never denies: it hands its verdict to the endpoint, which answers 401, 403 and 503 in the envelope of the API. */
export const handler = async (event: APIGatewayRequestAuthorizerEventV2) => ({
  isAuthorized: true,
  context: { verdict: JSON.stringify(await verdictOn(event.headers)) },
});
