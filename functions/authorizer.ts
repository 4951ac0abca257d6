import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { authenticate } from './kit/authenticate.ts';
import { services } from './kit/services.ts';

/** Never denies: it hands its verdict to the endpoint, which answers 401 and 403 in the envelope of the API. */
export const handler = async (event: APIGatewayRequestAuthorizerEventV2) => ({
  isAuthorized: true,
  context: { verdict: JSON.stringify(await authenticate(event.headers ?? {}, services())) },
});
