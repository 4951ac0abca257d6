import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { jwtVerifier } from '../../../functions/adapters/jwt-verifier.ts';

const issuer = 'https://issuer.example/pool';
const audience = 'console';

/** An issuer of this check: what it signs, and what others sign in its name. */
export const openIssuer = async () => {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'ES256' };
  const claims = (groups: readonly string[], change: JWTPayload = {}): JWTPayload => ({
    ...{ sub: `of-${groups.join('-')}`, iss: issuer, aud: audience, exp: Math.floor(Date.now() / 1000) + 3600 },
    'cognito:groups': [...groups],
    ...change,
  });
  const sign = (payload: JWTPayload, key = own.privateKey): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key);
  const admin = claims(['admin']);
  const withSecret = new TextEncoder().encode(JSON.stringify(jwk));
  const changed = async (): Promise<string> => {
    const [header, , signature] = (await sign(claims(['read-only']))).split('.');
    return [header, Buffer.from(JSON.stringify(admin)).toString('base64url'), signature].join('.');
  };
  return {
    verify: jwtVerifier({ issuer, audience, keys: createLocalJWKSet({ keys: [jwk] }) }),
    tokenOf: (groups: readonly string[]) => sign(claims(groups)),
    /** Tokens that nobody must take. */
    bad: {
      'a token with alg none': new UnsecuredJWT(admin).encode(),
      'a token of another issuer': await sign({ ...admin, iss: 'https://other.example' }),
      'a token for another audience': await sign({ ...admin, aud: 'another' }),
      'an expired token': await sign({ ...admin, exp: 1 }),
      'a token that is not valid yet': await sign({ ...admin, nbf: Math.floor(Date.now() / 1000) + 3600 }),
      'a token that brings its own key': await new SignJWT(admin)
        .setProtectedHeader({ alg: 'ES256', jwk: await exportJWK(stranger.publicKey) })
        .sign(stranger.privateKey),
      'a token without an end': await sign({ ...admin, exp: undefined }),
      'a token of nobody': await sign({ ...admin, sub: undefined }),
      'a token signed by a stranger': await sign(admin, stranger.privateKey),
      'a token signed with the public key': await new SignJWT(admin)
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(withSecret),
      'a token whose claims were changed': await changed(),
    },
  };
};

export type Issuer = Awaited<ReturnType<typeof openIssuer>>;
