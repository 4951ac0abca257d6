/** How people sign in here, as `/config.json` tells it. */
export type SignInWay =
  | { kind: 'cookie'; signOut: string }
  | { kind: 'key' }
  | {
      kind: 'oidc';
      issuer: string;
      clientId: string;
      scope: string;
      authorizationEndpoint?: string;
      tokenEndpoint?: string;
      logoutEndpoint?: string;
    };

/** What a deployment tells its console at start. */
export interface Settings {
  /** The path of the API on the same origin. */
  apiBaseUrl: string;
  stage: string;
  auth: SignInWay;
}

/** @throws Error where the file cannot be read */
export const readSettings = async (): Promise<Settings> => {
  const answer = await fetch('/config.json');
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}.`);
  return (await answer.json()) as Settings;
};
