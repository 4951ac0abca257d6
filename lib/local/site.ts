import { type HttpAnswer, type HttpRequest, jsonAnswer } from './http/http-request.ts';

const cookieName = 'cdp_session';

const sessionKey = ({ headers }: HttpRequest): string | undefined => {
  const cookie = headers.cookie?.split(/;\s*/).find(part => part.startsWith(`${cookieName}=`));
  return cookie && decodeURIComponent(cookie.slice(cookieName.length + 1));
};

/** `GET /sign-in?key=…`: keeps the key in a cookie which scripts cannot read, and goes to the console. */
const signIn = ({ query }: HttpRequest): HttpAnswer => {
  const key = new URLSearchParams(query).get('key');
  if (!key) return jsonAnswer(400, { message: 'The sign-in link carries a key: /sign-in?key=…' });
  const cookie = `${cookieName}=${encodeURIComponent(key)}; HttpOnly; SameSite=Strict; Path=/`;
  return {
    status: 303,
    headers: { location: '/', 'cache-control': 'no-store' },
    cookies: [cookie],
    body: Buffer.alloc(0),
  };
};

const config = (): HttpAnswer =>
  jsonAnswer(
    200,
    { apiBaseUrl: '/api/cdp', stage: 'local', auth: { kind: 'cookie', signOut: '/sign-out' } },
    { 'cache-control': 'no-cache' },
  );

const notFromOwnPages = (): HttpAnswer =>
  jsonAnswer(403, { message: 'A request with the session cookie must come from the pages of this host.' });

/** `POST /sign-out`: the cookie ends. */
const signOut = (request: HttpRequest): HttpAnswer => {
  if (!fromOwnPages(request)) return notFromOwnPages();
  const cookie = `${cookieName}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`;
  return { status: 204, headers: { 'cache-control': 'no-store' }, cookies: [cookie], body: Buffer.alloc(0) };
};

/** The routes that exist on this machine only: signing in and out, and the console's settings. */
export const siteAnswer = (request: HttpRequest): HttpAnswer | undefined => {
  if (request.method === 'POST' && request.path === '/sign-out') return signOut(request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (request.path === '/sign-in') return signIn(request);
  return request.path === '/config.json' ? config() : undefined;
};

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A page of another site can make a browser send the cookie; it cannot make it claim to come from this host. */
const fromOwnPages = ({ headers }: HttpRequest): boolean => {
  if (headers['sec-fetch-site'] !== undefined) return headers['sec-fetch-site'] === 'same-origin';
  return headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
};

/**
 * The request as the API sees it: one with a session cookie and no key of its own carries the cookie's key as a bearer
 * token. A writing one must come from the pages of this host; otherwise it is answered 403.
 */
export const withSession = (request: HttpRequest): HttpRequest | HttpAnswer => {
  const { authorization, 'x-api-key': apiKey } = request.headers;
  const key = authorization || apiKey ? undefined : sessionKey(request);
  if (!key) return request;
  if (!readOnly.has(request.method) && !fromOwnPages(request)) return notFromOwnPages();
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${key}` } };
};
