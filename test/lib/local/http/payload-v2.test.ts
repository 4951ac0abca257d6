import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../../lib/local/http/http-request.ts';
import { answerOf, lambdaEvent, type RequestPlace } from '../../../../lib/local/http/payload-v2.ts';

const place: RequestPlace = {
  accountId: '000000000000',
  apiId: 'api',
  domainName: 'localhost:3001',
  stage: '$default',
  routeKey: 'GET /a/{b}',
  pathParameters: { b: 'c' },
};

const request = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/a/c',
  query: '',
  headers: {},
  sourceIp: '127.0.0.1',
  body: Buffer.alloc(0),
  ...more,
});

test.each<[string, Record<string, string>, boolean]>([
  ['JSON', { 'content-type': 'application/json' }, false],
  ['JSON with a charset', { 'content-type': 'application/json; charset=utf-8' }, false],
  ['JSON of a kind', { 'content-type': 'application/problem+json' }, false],
  ['text', { 'content-type': 'text/plain' }, false],
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, false],
  ['compressed JSON', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, true],
  ['bytes', { 'content-type': 'application/octet-stream' }, true],
  ['what has no type', {}, true],
])('%s arrives as the API hands it over', (_name, headers, encoded) => {
  const event = lambdaEvent(request({ headers, body: Buffer.from('{"a":1}') }), place);
  expect(event.isBase64Encoded).toBe(encoded);
  expect(event.body).toBe(encoded ? 'eyJhIjoxfQ==' : '{"a":1}');
});

test('an empty body is no body', () => {
  expect(lambdaEvent(request(), place)).not.toHaveProperty('body');
});

test('several values of a parameter are joined, and cookies stand apart', () => {
  const event = lambdaEvent(request({ query: 'x=1&x=2&y=a%20b', headers: { cookie: 'a=1; b=2' } }), place);
  expect(event).toMatchObject({
    rawQueryString: 'x=1&x=2&y=a%20b',
    queryStringParameters: { x: '1,2', y: 'a b' },
    cookies: ['a=1', 'b=2'],
    pathParameters: { b: 'c' },
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

test('the context of an authorizer stands in the request context', () => {
  const { requestContext } = lambdaEvent(request(), place, { lambda: { scope: 'read' } });
  expect(requestContext).toMatchObject({ authorizer: { lambda: { scope: 'read' } }, http: { method: 'GET' } });
});

test.each<[string, unknown, { status: number; body: string; type: string }]>([
  ['a structured answer', { statusCode: 201, body: 'a' }, { status: 201, body: 'a', type: 'text/plain;charset=UTF-8' }],
  [
    'a base64 answer',
    { statusCode: 200, body: 'YQ==', isBase64Encoded: true, headers: { 'Content-Type': 'x/y' } },
    { status: 200, body: 'a', type: 'x/y' },
  ],
  ['any other object', { a: 1 }, { status: 200, body: '{"a":1}', type: 'application/json' }],
  ['a text', 'hello', { status: 200, body: 'hello', type: 'application/json' }],
  ['nothing', undefined, { status: 200, body: '', type: 'application/json' }],
])('%s of a handler becomes an HTTP answer', (_name, result, expected) => {
  const { status, body, headers } = answerOf(result);
  expect({ status, body: body.toString(), type: headers['content-type'] }).toEqual(expected);
});
