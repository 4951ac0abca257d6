import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unavailable } from '../../../core/errors.ts';
import { signedInCaller } from '../../../core/flows/signed-in-caller.ts';
import { jwtVerifier } from '../../../functions/adapters/jwt-verifier.ts';
import { authenticate, type Found, type Headers } from '../../../functions/kit/authenticate.ts';
import { openPlatform, type Platform } from '../../fixtures/open-platform.ts';

let platform: Platform;
beforeEach(async () => {
  platform = await openPlatform();
});

const verdict = (headers: Headers): Promise<Found> => authenticate(headers, platform.services);
const basic = (user: string) => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

describe('API keys', () => {
  test.each([
    ['Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
    ['Bearer in other letters, with blanks', (key: string) => ({ authorization: `  bearer   ${key} ` })],
    ['x-api-key', (key: string) => ({ 'x-api-key': ` ${key} ` })],
    ['Basic', (key: string) => ({ authorization: basic(key) })],
  ])('are taken as %s', async (_name, headers) => {
    expect(await verdict(headers(platform.keys.read))).toMatchObject({ caller: { kind: 'secret', scopes: ['read'] } });
  });

  test('x-api-key goes before Authorization', async () => {
    const headers = { 'x-api-key': platform.keys.write, authorization: `Bearer ${platform.keys.admin}` };
    expect(await verdict(headers)).toMatchObject({ caller: { kind: 'write' } });
  });

  test.each([
    ['nothing', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['an empty Bearer', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Digest abc' }],
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['text that is longer than any key', { 'x-api-key': 'x'.repeat(10_000) }],
    ['a token, where no issuer is trusted', { authorization: 'Bearer a.b.c' }],
  ])('%s is refused with the reason', async (_name, headers) => {
    expect(await verdict(headers)).toEqual({ refused: expect.stringMatching(/\S/) });
  });

  test('one wrong character in the secret is enough', async () => {
    const { read } = platform.keys;
    const wrong = `${read.slice(0, -1)}${read.endsWith('0') ? '1' : '0'}`;
    expect(await verdict({ 'x-api-key': wrong })).toHaveProperty('refused');
  });

  test('a revoked key is refused within 60 seconds, also by who has just used it', async () => {
    const { read } = platform.keys;
    expect(await verdict({ 'x-api-key': read })).toHaveProperty('caller');
    const id = `key-${read.split('_')[2]}`;
    await platform.call('revokeApiKey', { params: { id } });
    platform.clock.advance(59_999);
    expect(await verdict({ 'x-api-key': read })).toHaveProperty('refused');
  });
});

describe('the edge', () => {
  beforeEach(async () => {
    platform = await openPlatform({ overrides: { originSecret: async () => 'the secret of the edge' } });
  });

  test.each([undefined, '', 'the secret of the edgf', 'the secret'])(
    'a good key that came around it is refused (%s)',
    async header => {
      const headers = { 'x-api-key': platform.keys.admin, ...(header === undefined ? {} : { 'x-cdp-origin': header }) };
      expect(await verdict(headers)).toHaveProperty('refused');
    },
  );

  test('a good key that came through it is taken', async () => {
    const headers = { 'x-api-key': platform.keys.admin, 'x-cdp-origin': 'the secret of the edge' };
    expect(await verdict(headers)).toHaveProperty('caller');
  });
});

describe('tokens of the trusted issuer', () => {
  const issuer = 'https://issuer.example.com/pool';
  const audience = 'the-console';
  let sign: (payload: JWTPayload, change?: (token: SignJWT) => SignJWT) => Promise<string>;
  let signByStranger: typeof sign;
  let verifyToken: ReturnType<typeof jwtVerifier>;
  let publicKeyText: string;

  const signer =
    (key: Parameters<SignJWT['sign']>[0]): typeof sign =>
    (payload, change = token => token) => {
      const token = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'key-1' });
      return change(token.setIssuer(issuer).setAudience(audience).setSubject('u-1').setExpirationTime('5m')).sign(key);
    };

  beforeAll(async () => {
    const [own, stranger] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'key-1', alg: 'RS256' };
    publicKeyText = JSON.stringify(jwk);
    verifyToken = jwtVerifier({ issuer, audience, keys: createLocalJWKSet({ keys: [jwk] }) });
    sign = signer(own.privateKey);
    signByStranger = signer(stranger.privateKey);
  });
  beforeEach(async () => {
    platform = await openPlatform({
      overrides: { verifyToken: async token => signedInCaller(await verifyToken(token), platform.services) },
    });
  });

  const bearer = async (token: Promise<string> | string) => verdict({ authorization: `Bearer ${await token}` });

  test.each([
    ['admin', ['admin'], { scopes: expect.arrayContaining(['admin', 'privacy']), fieldPolicy: {} }],
    ['analyst', ['analyst'], { scopes: ['read'], fieldPolicy: { contact: 'mask', sensitive: 'drop' } }],
    ['none', ['people-of-elsewhere', 'constructor'], { scopes: [], fieldPolicy: { contact: 'drop' } }],
    ['two', ['analyst', 'privacy'], { scopes: ['read', 'privacy'], fieldPolicy: {} }],
  ])('groups name roles: %s', async (_role, groups, expected) => {
    const found = await bearer(sign({ 'cognito:groups': groups }));
    expect(found).toMatchObject({ caller: { id: 'user-u-1', kind: 'user', ...expected } });
  });

  test('an access token names its client instead of an audience', async () => {
    const token = sign({ client_id: audience, groups: ['admin'] }, one => one.setAudience('elsewhere'));
    expect(await bearer(token)).toHaveProperty('caller');
  });

  test.each<[string, () => Promise<string> | string]>([
    ['alg none', () => new UnsecuredJWT({ groups: ['admin'] }).setIssuer(issuer).setAudience(audience).encode()],
    ['an expired one', () => sign({ groups: ['admin'] }, token => token.setExpirationTime('-1m'))],
    ['one not valid yet', () => sign({ groups: ['admin'] }, token => token.setNotBefore('5m'))],
    ['another issuer', () => sign({ groups: ['admin'] }, token => token.setIssuer('https://evil.example.com'))],
    ['another audience', () => sign({ groups: ['admin'] }, token => token.setAudience('elsewhere'))],
    ['no subject', () => sign({ groups: ['admin'], sub: undefined }, token => token.setSubject(''))],
    ['the key of a stranger', () => signByStranger({ groups: ['admin'] })],
    [
      'HS256 over the public key',
      () =>
        new SignJWT({ groups: ['admin'] })
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .setIssuer(issuer)
          .setAudience(audience)
          .setSubject('u-1')
          .setExpirationTime('5m')
          .sign(new TextEncoder().encode(publicKeyText)),
    ],
    [
      'claims that were changed afterwards',
      async () => {
        const [header, , signature] = (await sign({ groups: ['analyst'] })).split('.');
        const forged = Buffer.from(
          JSON.stringify({ iss: issuer, aud: audience, sub: 'u-1', exp: 4e9, groups: ['admin'] }),
        );
        return `${header}.${forged.toString('base64url')}.${signature}`;
      },
    ],
    ['three words', () => 'not.a.token'],
  ])('%s is refused', async (_name, token) => {
    expect(await bearer(token())).toEqual({ refused: 'The token is not valid or has expired' });
  });

  test('an invited address has the roles it was given, once the issuer has verified it', async () => {
    const invited = await platform.call('inviteUser', { body: { email: 'Jane@Team.example', roles: ['marketer'] } });
    const token = (email_verified: boolean) => sign({ email: 'jane@team.example', email_verified });
    expect(await bearer(token(true))).toMatchObject({ caller: { scopes: ['ingest', 'read', 'write'] } });
    expect(await bearer(token(false))).toMatchObject({ caller: { scopes: [] } });
    await platform.call('removeUser', { params: { id: invited.data.id } });
    expect(await bearer(token(true))).toMatchObject({ caller: { scopes: [] } });
  });

  test('keys go on being taken beside tokens', async () => {
    expect(await verdict({ 'x-api-key': platform.keys.read })).toHaveProperty('caller');
  });

  test('an issuer that cannot be reached is our trouble, not a bad token', async () => {
    const verifier = () => Promise.reject(unavailable('The issuer of tokens'));
    platform = await openPlatform({ overrides: { verifyToken: verifier } });
    await expect(bearer('a.b.c')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
