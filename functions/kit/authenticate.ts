import { timingSafeEqual } from 'node:crypto';
import { Problem } from '../../core/errors.ts';
import type { Caller } from '../../core/model/caller.ts';
import type { Services } from './services.ts';

/** Lower-case names, as API Gateway gives them. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The header by which the edge proves that a request came through it. */
const originHeader = 'x-cdp-origin';

/** What a request carries to say who calls: `Authorization: Bearer …`, `x-api-key`, or Basic with the key as user name. */
const credentialIn = (headers: Headers): string | undefined => {
  const apiKey = headers['x-api-key'];
  if (apiKey !== undefined) return apiKey.trim();
  const [scheme = '', value = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() === 'basic') return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0];
  return undefined;
};

const sameText = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const camePastTheEdge = async (headers: Headers, { originSecret }: Services): Promise<boolean> =>
  originSecret === undefined || sameText(headers[originHeader] ?? '', await originSecret());

const looksLikeToken = (credential: string): boolean => credential.split('.').length === 3;

/** Who calls, or why nobody known does. */
export type Found = { caller: Caller } | { refused: string };

/** Who calls, by key or token, or why nobody known does. @throws Problem `UNAVAILABLE` @throws what the store throws */
export const authenticate = async (headers: Headers, services: Services): Promise<Found> => {
  if (!(await camePastTheEdge(headers, services)))
    return { refused: 'Requests come through the platform’s own address' };
  const credential = credentialIn(headers);
  if (credential === undefined || credential === '') {
    return { refused: 'Send a key as "Authorization: Bearer <key>" or "x-api-key: <key>"' };
  }
  if (services.verifyToken && looksLikeToken(credential)) return verdictOnToken(credential, services.verifyToken);
  const caller = await services.verifyKey(credential);
  return caller ? { caller } : { refused: 'The key is not valid, was revoked, or has expired' };
};

const verdictOnToken = async (token: string, verify: NonNullable<Services['verifyToken']>): Promise<Found> => {
  try {
    return { caller: await verify(token) };
  } catch (fault) {
    if (!(fault instanceof Problem && fault.code === 'UNAUTHORIZED')) throw fault;
    return { refused: 'The token is not valid or has expired' };
  }
};
