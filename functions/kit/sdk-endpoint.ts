import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { SdkRoute } from '../../core/contract/sdk/sdk-routes.ts';
import { Problem } from '../../core/errors.ts';
import type { CallBody } from '../../core/flows/take-calls.ts';
import { type Caller, mayCall } from '../../core/model/caller.ts';
import { admission } from './admission.ts';
import { failure, success } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { failureOf } from './endpoint.ts';
import { services } from './provided-services.ts';
import { readAnyBody } from './read-any-body.ts';
import type { Services } from './services.ts';
import { writeKeyIn, writeKeyOf } from './write-key.ts';

/** What a handler of an SDK's calls is given. */
export interface SdkRequest {
  event: APIGatewayProxyEventV2;
  caller: Caller;
  /** As the SDK gave it. */
  writeKey: string;
  body: CallBody;
}

/** What an SDK is answered, in its own form. */
export type RunSdk = (
  request: SdkRequest,
  services: Services,
) => Promise<{ data: unknown; headers?: Record<string, string> }>;

const emptyBody: CallBody = { json: undefined };

const bodyOf = ({ method, bodyBytesMax = 512 * 1024 }: SdkRoute, event: APIGatewayProxyEventV2): CallBody =>
  method === 'GET' ? emptyBody : readAnyBody(event, bodyBytesMax);

/** @throws Problem `UNAUTHORIZED` or `FORBIDDEN` */
const callerWith = async (writeKey: string, { headers }: APIGatewayProxyEventV2, tools: Services): Promise<Caller> => {
  const verdict = await authenticate({ 'x-cdp-origin': headers['x-cdp-origin'], 'x-api-key': writeKey }, tools);
  if ('refused' in verdict) throw new Problem('UNAUTHORIZED', verdict.refused);
  if (!mayCall(verdict.caller, 'ingest')) throw new Problem('FORBIDDEN', 'This needs a key that may send events');
  return verdict.caller;
};

/**
 * Makes a Lambda handler of what SDKs call. A key that stands outside the body is checked before the body is read.
 */
export const sdkEndpoint = (route: SdkRoute, run: RunSdk) => {
  const answer = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const tools = services();
    const outside = writeKeyOf(event);
    const known = outside === undefined ? undefined : await callerWith(outside, event, tools);
    const body = bodyOf(route, event);
    const writeKey = outside ?? ('json' in body ? writeKeyIn(body.json) : undefined) ?? '';
    const caller = known ?? (await callerWith(writeKey, event, tools));
    await tools.refreshSettings();
    const { headers, problem } = await admission(caller, tools);
    if (problem) return withHeaders(failure(problem, event.requestContext.requestId), headers);
    const { data, headers: own } = await run({ event, caller, writeKey, body }, tools);
    return success(200, data, { bare: true, headers: { ...headers, ...own } });
  };
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, Context>(answer).onError(request => {
    request.response = failureOf(route, request.error, request.event.requestContext.requestId);
  });
};

const withHeaders = (
  answer: APIGatewayProxyStructuredResultV2,
  headers: Record<string, string>,
): APIGatewayProxyStructuredResultV2 => ({ ...answer, headers: { ...answer.headers, ...headers } });
