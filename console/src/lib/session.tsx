import { createContext, type ReactNode, useContext } from 'react';
import type { getCaller } from '../../../core/contract/auth.ts';
import type { Client } from '../../../core/contract/client.ts';
import type { RouteResult } from '../../../core/contract/route.ts';
import type { GrantedScope } from '../../../core/model/caller.ts';
import type { Settings } from './settings.ts';

/** Who is signed in, and the API as they may use it. */
export interface Session {
  cdp: Client;
  caller: RouteResult<typeof getCaller>;
  settings: Settings;
  signOut: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }): ReactNode => (
  <SessionContext value={session}>{children}</SessionContext>
);

/** @throws Error outside of a signed-in page */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Nobody is signed in here.');
  return session;
};

/** The API, typed by its contract. */
export const useCdp = (): Client => useSession().cdp;

/** May whoever is signed in do what needs this scope? The API decides; a page only offers no more than that. */
export const useMay = (scope: GrantedScope): boolean => {
  const { scopes } = useSession().caller;
  return scopes.includes(scope) || scopes.includes('admin');
};
