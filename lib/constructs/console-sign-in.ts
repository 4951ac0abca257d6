import type { FunctionSettings } from '../settings.ts';
import type { SiteAuth } from './site-files.ts';

const scope = 'openid email profile';

/** Whose user pool it is, as far as pages need to know. */
interface Pool {
  issuer: string;
  clientId: string;
  url: string;
}

/** How people sign in to the console: at the issuer that the deployment names, at its own pool, or with a key. */
export const consoleSignIn = ({ JWT_ISSUER, JWT_AUDIENCE }: FunctionSettings, pool: Pool | undefined): SiteAuth => {
  if (pool) {
    const { issuer, clientId, url } = pool;
    return {
      kind: 'oidc',
      issuer,
      clientId,
      scope,
      authorizationEndpoint: `${url}/oauth2/authorize`,
      tokenEndpoint: `${url}/oauth2/token`,
      logoutEndpoint: `${url}/logout`,
    };
  }
  if (JWT_ISSUER === undefined || JWT_AUDIENCE === undefined) return { kind: 'key' };
  return { kind: 'oidc', issuer: JWT_ISSUER, clientId: JWT_AUDIENCE, scope };
};

/** Where pages fetch tokens from; an issuer may have them on origins of their own, which the deployment names. */
export const tokenOrigins = (
  { JWT_ISSUER }: FunctionSettings,
  poolUrl: string | undefined,
  further: readonly string[],
): string[] => {
  if (poolUrl !== undefined) return [poolUrl];
  return JWT_ISSUER === undefined ? [] : [new URL(JWT_ISSUER).origin, ...further];
};
