import { randomUUID } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from './http-request.ts';

/** Where a request arrived, for the event's request context. */
export interface RequestPlace {
  accountId: string;
  apiId: string;
  domainName: string;
  stage: string;
  routeKey: string;
  pathParameters: Record<string, string>;
}

const textual = /^(text\/.*|application\/(json|.*\+json|xml|.*\+xml|javascript|x-www-form-urlencoded))($|;)/i;

/** AWS hands text bodies on as they are, and everything else (also a compressed text) as base64. */
const bodyFields = ({ headers, body }: HttpRequest): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false };
  const type = headers['content-type'] ?? '';
  const isText = !headers['content-encoding'] && textual.test(type);
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};

/** Several values of one parameter are joined by a comma. */
const queryParameters = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  return parameters;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2020:19:03:58 +0000`. */
const commonLogTime = (date: Date): string => {
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`;
};

/** What the event of a route, an authorizer and a function URL have in common. */
export const requestFields = (request: HttpRequest, place: RequestPlace) => {
  const { cookie, ...headers } = request.headers;
  const cookies = cookie?.split(/;\s*/).filter(part => part !== '');
  const now = new Date();
  const parameters = queryParameters(request.query);
  return {
    version: '2.0',
    routeKey: place.routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies && { cookies }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    ...(Object.keys(place.pathParameters).length > 0 && { pathParameters: place.pathParameters }),
    requestContext: {
      accountId: place.accountId,
      apiId: place.apiId,
      domainName: place.domainName,
      domainPrefix: place.domainName.split('.')[0] ?? '',
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: place.routeKey,
      stage: place.stage,
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
  };
};

/** The event of a Lambda integration, payload format 2.0. `authorizer` is the context an authorizer gave. */
export const lambdaEvent = (
  request: HttpRequest,
  place: RequestPlace,
  authorizer?: { lambda: Record<string, unknown> | undefined },
) => {
  const { requestContext, ...fields } = requestFields(request, place);
  return {
    ...fields,
    requestContext: { ...requestContext, ...(authorizer && { authorizer }) },
    ...bodyFields(request),
  };
};

interface StructuredResponse {
  statusCode: number;
  headers?: Record<string, unknown>;
  cookies?: string[];
  body?: unknown;
  isBase64Encoded?: boolean;
}

const isStructured = (result: unknown): result is StructuredResponse =>
  typeof result === 'object' && result !== null && 'statusCode' in result;

const asText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** The HTTP answer of what a handler returned; without a `statusCode` the whole result is the JSON body of a 200. */
export const answerOf = (result: unknown): HttpAnswer => {
  if (!isStructured(result))
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: Buffer.from(asText(result)),
    };
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: Number(result.statusCode),
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(headers) },
    cookies: result.cookies ?? [],
    body: Buffer.from(asText(result.body), result.isBase64Encoded ? 'base64' : 'utf8'),
  };
};
