import type { SignInWay } from '../../lib/settings.ts';

type Oidc = Extract<SignInWay, { kind: 'oidc' }>;

interface Endpoints {
  authorizationEndpoint: string;
  tokenEndpoint: string;
}

/** Kept while the browser is away at the issuer: what proves that the answer is ours, and where to go on. */
interface Pending {
  state: string;
  verifier: string;
  at: string;
}

const pendingName = 'cdp-sign-in';

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const endpointsOf = async (way: Oidc): Promise<Endpoints> => {
  const { authorizationEndpoint, tokenEndpoint } = way;
  if (authorizationEndpoint && tokenEndpoint) return { authorizationEndpoint, tokenEndpoint };
  const answer = await fetch(`${way.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`The issuer answered ${answer.status}.`);
  const found = (await answer.json()) as { authorization_endpoint: string; token_endpoint: string };
  return { authorizationEndpoint: found.authorization_endpoint, tokenEndpoint: found.token_endpoint };
};

const redirectUri = (): string => `${location.origin}/`;

/** Leaves for the issuer; whoever comes back from there goes on where they were. */
export const goToIssuer = async (way: Oidc): Promise<void> => {
  const { authorizationEndpoint } = await endpointsOf(way);
  const at = location.pathname + location.search;
  const pending: Pending = { state: random(), verifier: random(), at };
  sessionStorage.setItem(pendingName, JSON.stringify(pending));
  const hashed = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pending.verifier));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: way.clientId,
    redirect_uri: redirectUri(),
    scope: way.scope,
    state: pending.state,
    code_challenge: base64url(new Uint8Array(hashed)),
    code_challenge_method: 'S256',
  });
  location.assign(`${authorizationEndpoint}?${query}`);
};

const taken = (): Pending | undefined => {
  const text = sessionStorage.getItem(pendingName);
  sessionStorage.removeItem(pendingName);
  return text === null ? undefined : (JSON.parse(text) as Pending);
};

/**
 * The id token that an answer of the issuer in the address stands for, which is taken out of it; nothing where there is
 * no answer.
 *
 * @throws Error where the answer is not to our question, or the issuer gives no token for it
 */
export const tokenFromAddress = async (way: Oidc): Promise<string | undefined> => {
  const answer = new URLSearchParams(location.search);
  const code = answer.get('code');
  if (code === null) return undefined;
  const pending = taken();
  history.replaceState(null, '', pending?.at ?? '/');
  if (pending === undefined || pending.state !== answer.get('state'))
    throw new Error('It is not the answer to our question.');
  const { tokenEndpoint } = await endpointsOf(way);
  const given = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: way.clientId,
      code,
      redirect_uri: redirectUri(),
      code_verifier: pending.verifier,
    }),
  });
  if (!given.ok) throw new Error(`The issuer answered ${given.status}.`);
  return ((await given.json()) as { id_token: string }).id_token;
};
