import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { jwtVerifier } from '../../../functions/adapters/jwt-verifier.ts';
import { type Answering, jsonAnswer, openTestServer } from '../../fixtures/test-server.ts';

let own: Awaited<ReturnType<typeof generateKeyPair>>;
let keySet: { keys: object[] };

beforeAll(async () => {
  own = await generateKeyPair('RS256');
  keySet = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256' }] };
});

const tokenOf = (issuer: string, kid = 'k1'): Promise<string> =>
  new SignJWT({ sub: 'jane', iss: issuer, aud: 'console' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setExpirationTime('5m')
    .sign(own.privateKey);

/** An issuer that keeps its keys where no other does, as they all do. */
const openIssuer = async (answers: Partial<Record<'metadata' | 'keys', Answering>> = {}, slash = '') => {
  const server = await openTestServer((request, index) => {
    const issuer = `${server.url}/realm${slash}`;
    if (request.url === '/realm/.well-known/openid-configuration') {
      return answers.metadata?.(request, index) ?? jsonAnswer(200, { issuer, jwks_uri: `${server.url}/certs/v2` });
    }
    if (request.url === '/certs/v2') return answers.keys?.(request, index) ?? jsonAnswer(200, keySet);
    return jsonAnswer(404, {});
  });
  const issuer = `${server.url}/realm`;
  return { server, issuer, verify: jwtVerifier({ issuer, audience: 'console' }) };
};

test('keys are found where the issuer says that they are, and asked for once', async () => {
  const { verify, issuer, server } = await openIssuer();
  for (let time = 0; time < 3; time += 1)
    expect(await verify(await tokenOf(issuer))).toMatchObject({ subject: 'jane' });
  expect(server.requests.map(({ url }) => url)).toEqual(['/realm/.well-known/openid-configuration', '/certs/v2']);
});

test('an issuer that writes itself with a slash at the end is the same', async () => {
  const { verify, issuer } = await openIssuer({}, '/');
  expect(await verify(await tokenOf(`${issuer}/`))).toMatchObject({ subject: 'jane' });
  await expect(verify(await tokenOf(issuer))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a token whose key the issuer does not have is refused', async () => {
  const { verify, issuer } = await openIssuer();
  await expect(verify(await tokenOf(issuer, 'k2'))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test.each<[string, Partial<Record<'metadata' | 'keys', Answering>>]>([
  ['says nothing of itself', { metadata: () => jsonAnswer(500, {}) }],
  [
    'says that it is another',
    { metadata: () => jsonAnswer(200, { issuer: 'https://x.example', jwks_uri: 'https://x.example/' }) },
  ],
  [
    'sends somewhere else',
    { metadata: () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }) },
  ],
  ['ends the connection', { metadata: () => 'drop' }],
  ['does not tell its keys', { keys: () => jsonAnswer(500, {}) }],
  ['tells something else in place of keys', { keys: () => jsonAnswer(200, { keys: 'none' }) }],
])('an issuer that %s is not there at the moment; no token is called bad for it', async (_what, answers) => {
  const { verify, issuer } = await openIssuer(answers);
  await expect(verify(await tokenOf(issuer))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('one that was away is asked again', async () => {
  const { verify, issuer } = await openIssuer({
    metadata: (_request, index) =>
      index === 0 ? 'drop' : jsonAnswer(200, { issuer, jwks_uri: issuer.replace('realm', 'certs/v2') }),
  });
  await expect(verify(await tokenOf(issuer))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await verify(await tokenOf(issuer))).toMatchObject({ subject: 'jane' });
});
