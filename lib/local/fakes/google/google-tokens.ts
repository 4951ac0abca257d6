import { createPublicKey, randomBytes } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { FakeAnswer, FakeCredentials, FakeRequest, FakeTools } from '../fake.ts';

const lifeSeconds = 3599;
const list = '_tokens';
const scope = 'https://www.googleapis.com/auth/datamanager';

const refused = (status: number, error: string, error_description: string): FakeAnswer => ({
  status,
  body: { error, error_description },
});

const isProof = async (assertion: string, { secrets }: FakeCredentials, { now }: FakeTools): Promise<boolean> => {
  const { client_email, private_key } = JSON.parse(secrets.serviceAccount ?? '{}') as Record<string, string>;
  try {
    const { payload } = await jwtVerify(assertion, createPublicKey(private_key ?? ''), {
      issuer: client_email ?? '',
      audience: 'https://oauth2.googleapis.com/token',
      algorithms: ['RS256'],
      currentDate: new Date(now()),
      maxTokenAge: '1h',
    });
    return payload.scope === scope;
  } catch {
    return false;
  }
};

/** Hands out access tokens to whoever proves to be the service account, or has the refresh token of the client. */
export const issueToken = async (
  { body }: FakeRequest,
  credentials: FakeCredentials,
  tools: FakeTools,
): Promise<FakeAnswer> => {
  const {
    grant_type,
    assertion = '',
    refresh_token,
    client_id,
    client_secret,
  } = (body ?? {}) as Record<string, string>;
  if (grant_type === 'refresh_token') {
    const { clientSecret, refreshToken } = credentials.secrets;
    const isClient = client_id === credentials.settings.clientId && client_secret === clientSecret;
    if (!isClient) return refused(401, 'invalid_client', 'The OAuth client was not found.');
    if (refresh_token !== refreshToken) return refused(400, 'invalid_grant', 'Token has been expired or revoked.');
  } else if (!(await isProof(assertion, credentials, tools))) {
    return refused(400, 'invalid_grant', 'Invalid JWT Signature.');
  }
  const token = `ya29.${randomBytes(24).toString('base64url')}`;
  tools.store.put(list, [[token, { until: tools.now() + lifeSeconds * 1000 }]]);
  return { status: 200, body: { access_token: token, expires_in: lifeSeconds, token_type: 'Bearer' } };
};

export const isKnownToken = (authorization: string | undefined, { store, now }: FakeTools): boolean => {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
  return Number(store.list(list).get(token)?.until ?? 0) > now();
};
