import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Problem } from '../../core/errors.ts';
import type { TokenClaims } from '../../core/model/token-claims.ts';
import { issuerKeys } from './issuer-keys.ts';

export interface TrustedIssuer {
  issuer: string;
  /** Whom tokens must be for. */
  audience: string;
  /** The issuer's public keys; those that it publishes when absent. */
  keys?: JWTVerifyGetKey;
}

/** Asymmetric ones only: nobody can make a token with a public key, and `none` is no algorithm. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Reads an OIDC token of the trusted issuer. Groups stand in `cognito:groups` or `groups`.
 *
 * @throws Problem `UNAUTHORIZED` for a token that is forged, expired, or not for us
 * @throws Problem `UNAVAILABLE` where the issuer does not tell its keys
 */
export const jwtVerifier = ({
  issuer: named,
  audience,
  keys: given,
}: TrustedIssuer): ((token: string) => Promise<TokenClaims>) => {
  const known = given ? async () => ({ issuer: named, keys: given }) : issuerKeys(named);
  return async token => {
    const { issuer, keys } = await known();
    const payload = await payloadOf(token, keys, issuer);
    const { sub: subject } = payload;
    if (!subject || !isFor(audience, payload)) throw refused();
    const groups = [payload['cognito:groups'], payload.groups].flat().filter(group => typeof group === 'string');
    return { subject, groups, verifiedEmail: verifiedEmail(payload) };
  };
};

const refused = (): Problem => new Problem('UNAUTHORIZED', 'The token is not valid or has expired');

const payloadOf = async (token: string, keys: JWTVerifyGetKey, issuer: string): Promise<JWTPayload> => {
  try {
    return (await jwtVerify(token, keys, { issuer, algorithms, requiredClaims: ['sub', 'exp'] })).payload;
  } catch (fault) {
    throw fault instanceof errors.JOSEError ? refused() : fault;
  }
};

/** An address that anybody could have typed in is nobody's. */
const verifiedEmail = ({ email, email_verified: isVerified }: JWTPayload): string | undefined =>
  typeof email === 'string' && (isVerified === true || isVerified === 'true') ? email : undefined;

/** Access tokens of Cognito name their client in `client_id` instead of `aud`. */
const isFor = (audience: string, { aud, client_id }: JWTPayload): boolean => [aud, client_id].flat().includes(audience);
