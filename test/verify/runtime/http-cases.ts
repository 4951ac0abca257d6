import { gzipSync } from 'node:zlib';
import { addressedId } from './probe-app.ts';
import { holds, type ProbeCase, same } from './probe-case.ts';

interface Echoed {
  version: string;
  routeKey: string;
  rawPath: string;
  rawQueryString: string;
  body?: string;
  isBase64Encoded: boolean;
  cookies?: string[];
  pathParameters?: Record<string, string>;
  queryStringParameters?: Record<string, string>;
  requestContext: { authorizer?: { lambda: unknown }; http: { method: string; path: string } };
}

const echoed = async (response: Response): Promise<Echoed> => {
  same('the status', response.status, 200);
  return (await response.json()) as Echoed;
};

const post = (url: string, body: RequestInit['body'], headers: Record<string, string>): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers });

const request: ProbeCase = {
  name: 'http: a request reaches the function in payload format 2.0',
  run: async ({ runtime }) => {
    const url = `${runtime.url}/echo/a%20b?x=1&x=2&y=%26`;
    const event = await echoed(await fetch(url, { headers: { cookie: 'one=1; two=2' } }));
    same('version and route', [event.version, event.routeKey], ['2.0', 'ANY /echo/{name}']);
    same('path', [event.rawPath, event.pathParameters], ['/echo/a%20b', { name: 'a b' }]);
    same('query', [event.rawQueryString, event.queryStringParameters], ['x=1&x=2&y=%26', { x: '1,2', y: '&' }]);
    same('cookies', event.cookies, ['one=1', 'two=2']);
    same('no body', [event.body, event.isBase64Encoded], [undefined, false]);
  },
};

const textPlain: ProbeCase = {
  name: 'http: JSON sent as text/plain arrives as text',
  run: async ({ runtime }) => {
    const event = await echoed(await post(`${runtime.url}/echo/t`, '{"a":1}', { 'content-type': 'text/plain' }));
    same('the body', [event.body, event.isBase64Encoded], ['{"a":1}', false]);
  },
};

const gzip: ProbeCase = {
  name: 'http: a gzip body arrives as base64',
  run: async ({ runtime }) => {
    const body = gzipSync('{"a":1}');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const event = await echoed(await post(`${runtime.url}/echo/g`, body, headers));
    same('the body', [event.body, event.isBase64Encoded], [body.toString('base64'), true]);
  },
};

const base64: ProbeCase = {
  name: 'http: a binary body arrives as base64, and a base64 answer leaves as bytes',
  run: async ({ runtime }) => {
    const body = Buffer.from([0, 255, 1, 254]);
    const event = await echoed(
      await post(`${runtime.url}/echo/b`, body, { 'content-type': 'application/octet-stream' }),
    );
    same('the body', [event.body, event.isBase64Encoded], [body.toString('base64'), true]);
    const answer = await fetch(`${runtime.url}/bytes?length=1000`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    same('the answer', [bytes.length, bytes.every(byte => byte === 7)], [1000, true]);
  },
};

const tooMuchIn: ProbeCase = {
  name: 'http: 10 MB in are taken, a byte more is answered 413',
  run: async ({ runtime }) => {
    const tooLong = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const refused = await post(`${runtime.url}/slow`, tooLong, { 'content-type': 'text/plain' });
    same('one byte more', [refused.status, await refused.json()], [413, { message: 'Request Entity Too Large' }]);
    const taken = await post(`${runtime.url}/bytes?length=1`, tooLong.subarray(1), { 'content-type': 'text/plain' });
    same('10 MB', taken.status, 200);
  },
};

const tooMuchOut: ProbeCase = {
  name: 'http: an answer of more than 6 MB is answered 502',
  run: async ({ runtime }) => {
    const length = 6 * 1024 * 1024;
    const refused = await fetch(`${runtime.url}/bytes?text=yes&length=${length}`);
    same('6 MB and the envelope', refused.status, 502);
    const taken = await fetch(`${runtime.url}/bytes?text=yes&length=${length - 1000}`);
    same('a little less', [taken.status, (await taken.text()).length], [200, length - 1000]);
  },
};

const late: ProbeCase = {
  name: 'http: a function that passes its timeout is answered for',
  run: async ({ runtime }) => {
    const begun = Date.now();
    const response = await fetch(`${runtime.url}/slow`);
    same('the status', response.status, 503);
    holds('soon after 1 s', Date.now() - begun < 5000, Date.now() - begun);
  },
};

const unknown: ProbeCase = {
  name: 'http: a path without a route is answered 404',
  run: async ({ runtime }) => {
    const response = await fetch(`${runtime.url}/nowhere`);
    same('the answer', [response.status, await response.json()], [404, { message: 'Not Found' }]);
  },
};

const authorizer: ProbeCase = {
  name: 'http: the authorizer’s verdict is kept, and its context reaches the function',
  run: async ({ runtime }) => {
    const guarded = (authorization?: string) =>
      fetch(`${runtime.url}/guarded`, { headers: authorization ? { authorization } : {} });
    same('without an identity', (await guarded()).status, 401);
    same('denied', (await guarded('deny')).status, 403);
    const event = await echoed(await guarded('let-me-in'));
    same('the context', event.requestContext.authorizer, { lambda: { verdict: 'let-me-in', level: 7 } });
  },
};

const streaming: ProbeCase = {
  name: 'http: a streaming function URL answers piece by piece',
  run: async ({ runtime }) => {
    const response = await fetch(`${runtime.url}/_url/${addressedId}/some/path`);
    same('status and headers', [response.status, response.headers.get('x-path')], [201, '/some/path']);
    const arrivals: number[] = [];
    const reader = response.body?.getReader();
    let text = '';
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      arrivals.push(Date.now());
      text += Buffer.from(piece.value).toString();
    }
    same('the text', text, 'data: one\n\ndata: two\n\ndata: three\n\n');
    holds('the first piece long before the last', (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0) >= 500, arrivals);
  },
};

/** Routes and function URLs. */
export const httpCases: ProbeCase[] = [
  request,
  textPlain,
  gzip,
  base64,
  tooMuchIn,
  tooMuchOut,
  late,
  unknown,
  authorizer,
  streaming,
];
