import { Script } from 'node:vm';
import type { HttpAnswer, HttpRequest } from './http-request.ts';

/** By the clock, as a script can only be ended: long enough for a machine that is busy with other things. */
const timeoutMilliseconds = 1000;

type EdgeValues = Record<string, { value: string }>;

/** What a CloudFront function on viewer requests returns: the request, or an answer in its place. */
type EdgeResult =
  | { uri: string; headers: EdgeValues }
  | { statusCode: number; headers?: EdgeValues; body?: string | { data: string } };

const wrapped = (headers: Record<string, string>): EdgeValues =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));

const unwrapped = (headers: EdgeValues = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name.toLowerCase(), value]));

const bodyOf = (body: string | { data: string } | undefined): Buffer =>
  Buffer.from(typeof body === 'object' ? body.data : (body ?? ''));

/** What a CloudFront function on viewer requests makes of a request: another one, or its answer. */
export type AtEdge = (request: HttpRequest) => HttpRequest | HttpAnswer;

export const edgeFunction = (code: string): AtEdge => {
  const script = new Script(`${code}\nJSON.stringify(handler(event))`);
  return request => {
    const { method, path, headers } = request;
    const event = { request: { method, uri: path, headers: wrapped(headers) } };
    const result = JSON.parse(
      String(script.runInNewContext({ event }, { timeout: timeoutMilliseconds })),
    ) as EdgeResult;
    if ('statusCode' in result) {
      return { status: result.statusCode, headers: unwrapped(result.headers), cookies: [], body: bodyOf(result.body) };
    }
    return { ...request, path: result.uri, headers: unwrapped(result.headers) };
  };
};
