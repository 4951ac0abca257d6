import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Caller } from '../../core/model/caller.ts';
import { isCurrent } from '../../core/model/stored-api-key.ts';
import { authenticate } from './authenticate.ts';
import type { Services } from './services.ts';

/**
 * Whether whoever began to listen may go on: the key or the token of the request is looked at again, or the key that the
 * ticket was made for. A person with a ticket may: the ticket of a person says nothing of their token.
 */
export const isStillKnown = async (
  { headers, queryStringParameters }: APIGatewayProxyEventV2,
  caller: Caller,
  services: Services,
): Promise<boolean> => {
  if (queryStringParameters?.ticket === undefined) return 'caller' in (await authenticate(headers, services));
  if (caller.kind === 'user') return true;
  const key = await services.apiKeys.get(caller.id);
  return key !== undefined && isCurrent(key, services.now().getTime());
};
