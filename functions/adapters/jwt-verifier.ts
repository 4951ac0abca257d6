import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Caller, type GrantedScope, type Role, roles } from '../../core/model/caller.ts';

export interface TrustedIssuer {
  issuer: string;
  audience: string | undefined;
  /** Where the issuer's public keys come from; its published key set when absent. */
  keys?: JWTVerifyGetKey;
}

/** Asymmetric ones only: nobody can make a token with a public key, and `none` is no algorithm. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Tells who the bearer of an OIDC token is. Groups (`cognito:groups` or `groups`) name roles; a token without a role
 * may nothing.
 *
 * @throws Error of `jose` for a token that is forged, expired, or not for us
 */
export const jwtVerifier = ({ issuer, audience, keys }: TrustedIssuer): ((token: string) => Promise<Caller>) => {
  const keySet = keys ?? createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`));
  return async token => {
    const { payload } = await jwtVerify(token, keySet, { issuer, algorithms, requiredClaims: ['sub', 'exp'] });
    checkAudience(audience, payload.aud, payload.client_id);
    const groups = [payload['cognito:groups'], payload.groups].flat().filter(group => typeof group === 'string');
    if (!payload.sub) throw new Error('the token names nobody');
    return callerOf(payload.sub, groups.filter(isRole));
  };
};

/** Access tokens of Cognito name their client in `client_id` instead of `aud`. */
const checkAudience = (audience: string | undefined, aud: unknown, clientId: unknown): void => {
  if (audience !== undefined && ![aud, clientId].flat().includes(audience)) {
    throw new Error('the token is for another audience');
  }
};

const isRole = (group: string): group is Role => Object.hasOwn(roles, group);

/** Who has several roles sees what the first of them, in the order of `roles`, may see. */
const callerOf = (subject: string, held: readonly Role[]): Caller => {
  const ordered = (Object.keys(roles) as Role[]).filter(role => held.includes(role));
  const [first] = ordered;
  const scopes = [...new Set(ordered.flatMap((role): readonly GrantedScope[] => roles[role].scopes))];
  return { id: `user-${subject}`, kind: 'user', scopes, fieldPolicy: first ? roles[first].fieldPolicy : {} };
};
