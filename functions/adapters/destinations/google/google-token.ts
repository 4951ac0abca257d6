import { importPKCS8, SignJWT } from 'jose';
import { DeliveryFailed } from '../../../../core/ports/destination.ts';
import { originOf, type PlatformConnection } from '../platform-connection.ts';
import { isTaken } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';

const scope = 'https://www.googleapis.com/auth/datamanager';
export const tokenAudience = 'https://oauth2.googleapis.com/token';
const lifeSeconds = 3600;
/** A token is not used any more so long before it ends. */
const marginMilliseconds = 60_000;

interface ServiceAccount {
  client_email: string;
  private_key: string;
}

const accountIn = (text: string): ServiceAccount => {
  try {
    const { client_email, private_key } = JSON.parse(text) as ServiceAccount;
    if (typeof client_email === 'string' && typeof private_key === 'string') return { client_email, private_key };
  } catch {
    // Said below, as for a key without its fields.
  }
  throw new DeliveryFailed('the service account key of google is not the JSON that Google hands out', 'unauthorized');
};

const assertionOf = async ({ client_email, private_key }: ServiceAccount, now: number): Promise<string> => {
  const issuedAt = Math.floor(now / 1000);
  const key = await importPKCS8(private_key, 'RS256').catch(() => {
    throw new DeliveryFailed('the private key of the service account of google is none', 'unauthorized');
  });
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(client_email)
    .setAudience(tokenAudience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifeSeconds)
    .sign(key);
};

/** A service account proves itself by a signature, an OAuth client by a refresh token of a user. */
const grantOf = async ({ settings, secrets }: PlatformConnection, now: number): Promise<Record<string, string>> => {
  const { serviceAccount, refreshToken, clientSecret = '' } = secrets;
  if (serviceAccount !== undefined) {
    const assertion = await assertionOf(accountIn(serviceAccount), now);
    return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  }
  if (refreshToken === undefined) {
    throw new DeliveryFailed('google has neither a service account nor a refresh token', 'unauthorized');
  }
  const { clientId = '' } = settings;
  return { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret };
};

/** Access tokens, each used until shortly before it ends. `renewed` asks for another one. */
export const googleTokens = ({ ask, now, standIns }: Pick<PlatformTools, 'ask' | 'now' | 'standIns'>) => {
  let known: { token: string; until: number; of: PlatformConnection } | undefined;
  return async (connection: PlatformConnection, renewed = false): Promise<string> => {
    if (!renewed && known && known.of === connection && known.until > now()) return known.token;
    const url = `${originOf('google', connection, 'https://oauth2.googleapis.com', standIns)}/token`;
    const form = new URLSearchParams(await grantOf(connection, now())).toString();
    const answer = await ask({ url, method: 'POST', body: form });
    const { access_token, expires_in, error, error_description } = (answer.body ?? {}) as Record<string, unknown>;
    if (!isTaken(answer) || typeof access_token !== 'string') {
      const fault = answer.status >= 500 || answer.status === 429 ? 'unavailable' : 'unauthorized';
      throw new DeliveryFailed(`Google gives no token: ${error_description ?? error ?? answer.status}`, fault);
    }
    const life = Number(expires_in ?? lifeSeconds) * 1000;
    known = { token: access_token, until: now() + life - marginMilliseconds, of: connection };
    return access_token;
  };
};
