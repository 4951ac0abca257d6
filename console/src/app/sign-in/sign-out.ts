import type { Settings } from '../../lib/settings.ts';

/** Ends the session where it is kept, and begins again at the start. */
export const signOut = async ({ auth }: Settings): Promise<void> => {
  if (auth.kind === 'cookie') await fetch(auth.signOut, { method: 'POST' });
  if (auth.kind === 'oidc' && auth.logoutEndpoint) {
    const query = new URLSearchParams({ client_id: auth.clientId, logout_uri: `${location.origin}/` });
    location.assign(`${auth.logoutEndpoint}?${query}`);
    return;
  }
  location.assign('/');
};
