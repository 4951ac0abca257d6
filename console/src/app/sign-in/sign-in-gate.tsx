import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { ApiError } from '../../../../core/contract/api-error.ts';
import { type Session, SessionProvider } from '../../lib/session.tsx';
import { readSettings, type Settings } from '../../lib/settings.ts';
import { shellWords } from '../../words/shell.ts';
import { Console } from '../console.tsx';
import { tokenFromAddress } from './oidc.ts';
import { openCdp } from './open-cdp.ts';
import { signOut } from './sign-out.ts';

interface Entry {
  settings: Settings;
  session?: Session;
  /** Why there is no session. */
  reason?: string;
}

const SignInPage = lazy(() => import('./sign-in-page.tsx'));
const words = shellWords.signIn;

const reasonOf = (failure: unknown, key: string | undefined, { auth }: Settings): string => {
  if (failure instanceof ApiError && (failure.status === 401 || failure.status === 403)) {
    if (key !== undefined) return words.refused;
    return auth.kind === 'cookie' ? words.withLink : words.withKey;
  }
  return words.unreachable(failure instanceof Error ? failure.message : String(failure));
};

const enter = async (typed: string | undefined): Promise<Entry> => {
  const settings = await readSettings();
  const key = typed ?? (settings.auth.kind === 'oidc' ? await tokenFromAddress(settings.auth) : undefined);
  const cdp = openCdp(settings, key);
  try {
    const caller = await cdp.getCaller();
    return { settings, session: { cdp, caller, settings, signOut: () => void signOut(settings) } };
  } catch (failure) {
    return { settings, reason: reasonOf(failure, key, settings) };
  }
};

/** The console for whoever is signed in; for everybody else the way in. */
export const SignInGate = (): ReactNode => {
  const [key, setKey] = useState<string>();
  const entry = useQuery({ queryKey: ['entry', key], queryFn: () => enter(key), staleTime: Number.POSITIVE_INFINITY });
  if (entry.isPending) return null;
  const { session, settings, reason } = entry.data ?? {};
  if (session === undefined) {
    return (
      <Suspense>
        <SignInPage settings={settings} reason={reason ?? words.unreachable(String(entry.error))} onKey={setKey} />
      </Suspense>
    );
  }
  return (
    <SessionProvider session={session}>
      <Console />
    </SessionProvider>
  );
};
