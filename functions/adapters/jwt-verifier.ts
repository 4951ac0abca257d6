import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { TokenClaims } from '../../core/model/token-claims.ts';

export interface TrustedIssuer {
  issuer: string;
  audience: string | undefined;
  /** Where the issuer's public keys come from; its published key set when absent. */
  keys?: JWTVerifyGetKey;
}

/** Asymmetric ones only: nobody can make a token with a public key, and `none` is no algorithm. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Reads an OIDC token of the trusted issuer. Groups stand in `cognito:groups` or `groups`.
 *
 * @throws Error of `jose` for a token that is forged, expired, or not for us
 */
export const jwtVerifier = ({ issuer, audience, keys }: TrustedIssuer): ((token: string) => Promise<TokenClaims>) => {
  const keySet = keys ?? createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`));
  return async token => {
    const { payload } = await jwtVerify(token, keySet, { issuer, algorithms, requiredClaims: ['sub', 'exp'] });
    checkAudience(audience, payload.aud, payload.client_id);
    if (!payload.sub) throw new Error('the token names nobody');
    const groups = [payload['cognito:groups'], payload.groups].flat().filter(group => typeof group === 'string');
    return { subject: payload.sub, groups, verifiedEmail: verifiedEmail(payload) };
  };
};

/** An address that anybody could have typed in is nobody's. */
const verifiedEmail = ({ email, email_verified: isVerified }: JWTPayload): string | undefined =>
  typeof email === 'string' && (isVerified === true || isVerified === 'true') ? email : undefined;

/** Access tokens of Cognito name their client in `client_id` instead of `aud`. */
const checkAudience = (audience: string | undefined, aud: unknown, clientId: unknown): void => {
  if (audience !== undefined && ![aud, clientId].flat().includes(audience)) {
    throw new Error('the token is for another audience');
  }
};
