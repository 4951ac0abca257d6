import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { jwtVerifier } from '../../../functions/adapters/jwt-verifier.ts';

const issuer = 'https://issuer.example/pool';
const audience = 'console';
const now = Math.floor(Date.now() / 1000);
const claims: JWTPayload = { sub: 'jane', iss: issuer, aud: audience, exp: now + 300, 'cognito:groups': ['analyst'] };

type Signer = Awaited<ReturnType<typeof generateKeyPair>>;
let [own, foreign]: Signer[] = [];
let verify: ReturnType<typeof jwtVerifier>;

beforeAll(async () => {
  [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  if (!own) throw new Error('no key');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' }] });
  verify = jwtVerifier({ issuer, audience, keys });
});

const signed = (payload: JWTPayload, signer: Signer | undefined = own): Promise<string> => {
  if (!signer) throw new Error('no key');
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(signer.privateKey);
};

test('a valid token tells who signs in and in which groups', async () => {
  expect(await verify(await signed(claims))).toEqual({ subject: 'jane', groups: ['analyst'] });
});

test('a token that names its client instead of an audience is for that client', async () => {
  const { aud: _aud, ...access } = claims;
  expect((await verify(await signed({ ...access, client_id: audience }))).subject).toBe('jane');
});

test.each([
  ['verified', { email: 'jane@team.example', email_verified: true }, 'jane@team.example'],
  ['verified, as Cognito writes it', { email: 'jane@team.example', email_verified: 'true' }, 'jane@team.example'],
  ['typed in', { email: 'jane@team.example', email_verified: false }, undefined],
  ['of which nothing is said', { email: 'jane@team.example' }, undefined],
  ['no text', { email: ['jane@team.example'], email_verified: true }, undefined],
])('an address that is %s', async (_, change, expected) => {
  expect((await verify(await signed({ ...claims, ...change }))).verifiedEmail).toBe(expected);
});

test.each([
  ['expired', { exp: now - 10 }],
  ['without an end', { exp: undefined }],
  ['of another issuer', { iss: 'https://other.example' }],
  ['for another audience', { aud: 'another' }],
  ['for nobody', { aud: undefined }],
  ['of nobody', { sub: undefined }],
  ['not valid yet', { nbf: now + 300 }],
  ['that names no program', { aud: [] }],
])('a token %s is refused', async (_, change) => {
  await expect(verify(await signed({ ...claims, ...change }))).rejects.toThrow();
});

test('a token of another key is refused', async () => {
  await expect(verify(await signed(claims, foreign))).rejects.toThrow();
});

test('a token without a signature is refused', async () => {
  await expect(verify(new UnsecuredJWT(claims).encode())).rejects.toThrow();
});

test('a token that is signed with the public key as a secret is refused', async () => {
  const secret = new TextEncoder().encode(JSON.stringify(own && (await exportJWK(own.publicKey))));
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
  await expect(verify(token)).rejects.toThrow();
});

test('a token that was changed is refused', async () => {
  const [header, , signature] = (await signed(claims)).split('.');
  const body = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admin'] })).toString('base64url');
  await expect(verify(`${header}.${body}.${signature}`)).rejects.toThrow();
});
