import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../lib/local/http/http-request.ts';
import { siteAnswer, withSession } from '../../../lib/local/site.ts';

const request = (method: string, path: string, headers: Record<string, string> = {}): HttpRequest => {
  const [bare = '', query = ''] = path.split('?', 2);
  return {
    method,
    path: bare,
    query,
    headers: { host: 'localhost:3001', ...headers },
    sourceIp: '127.0.0.1',
    body: Buffer.alloc(0),
  };
};
const cookie = 'cdp_session=cdp_local_key%2B1';

test('the sign-in link sets a cookie that no script and no other site can use, and leads to the console', () => {
  const answer = siteAnswer(request('GET', '/sign-in?key=cdp_local_key%2B1'));
  expect(answer).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
  expect(answer?.cookies).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`]);
});

test('a link without a key sets none', () => {
  expect(siteAnswer(request('GET', '/sign-in'))).toMatchObject({ status: 400, cookies: [] });
});

test('signing out ends the session, and is no link that a page of another site could follow', () => {
  const answer = siteAnswer(request('POST', '/sign-out', { origin: 'http://localhost:3001' }));
  expect(answer?.cookies).toEqual(['cdp_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0']);
  expect(siteAnswer(request('POST', '/sign-out', { origin: 'https://evil.example' }))?.status).toBe(403);
});

test('config.json tells the console that there is a cookie', () => {
  const answer = siteAnswer(request('GET', '/config.json'));
  expect(JSON.parse(answer?.body.toString() ?? '')).toMatchObject({ auth: { kind: 'cookie' }, apiBaseUrl: '/api/cdp' });
});

test('a request with the cookie carries its key', () => {
  expect(withSession(request('GET', '/api/cdp/stats', { cookie }))).toMatchObject({
    headers: { authorization: 'Bearer cdp_local_key+1' },
  });
});

test('a key of its own goes before the cookie', () => {
  const own = request('GET', '/api/cdp/stats', { cookie, 'x-api-key': 'another' });
  expect(withSession(own)).toBe(own);
});

test.each([
  ['the own page, as new browsers tell it', { 'sec-fetch-site': 'same-origin' }, false],
  ['the own page, as old browsers tell it', { origin: 'http://localhost:3001' }, false],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, true],
  ['a page of another port', { origin: 'http://localhost:4000' }, true],
  [
    'a page of another site with a good origin',
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3001' },
    true,
  ],
  ['nobody knows whom', {}, true],
])('a write with the cookie from %s', (_name, headers, isRefused) => {
  const answer = withSession(request('POST', '/api/cdp/profiles', { cookie, ...headers }));
  expect('status' in answer && answer.status === 403).toBe(isRefused);
});
