import type { GrantedScope } from '../../../core/model/caller.ts';
import type { Platform } from '../../fixtures/open-platform.ts';
import type { Issuer } from './issuer.ts';

/** Somebody who calls, and what they may, as this check has it: written down once more, on purpose. */
export interface TestCaller {
  name: string;
  key: string | null;
  scopes: readonly GrantedScope[];
  /** Classes whose values must not be told to this caller. */
  hidden: readonly string[];
  /** Nobody knows them: every route but the public ones answers 401. */
  unknown?: true;
}

const everything: readonly GrantedScope[] = ['ingest', 'read', 'write', 'privacy', 'admin'];
const masked = ['identifier', 'contact', 'sensitive'];

const expectedOf = {
  admin: { scopes: everything, hidden: [] },
  marketer: { scopes: ['ingest', 'read', 'write'], hidden: ['sensitive'] },
  analyst: { scopes: ['read'], hidden: masked },
  privacy: { scopes: ['read', 'privacy'], hidden: [] },
  'read-only': { scopes: ['read'], hidden: masked },
} as const satisfies Record<string, Pick<TestCaller, 'scopes' | 'hidden'>>;

const roleNames = Object.keys(expectedOf) as (keyof typeof expectedOf)[];

const makeKey = async (platform: Platform, body: object): Promise<string> =>
  (await platform.call('createApiKey', { body: { name: 'of a check', rateLimitPerMinute: null, ...body } })).data.key;

const goodKeys = async (platform: Platform): Promise<TestCaller[]> => [
  ...(await Promise.all(
    everything.map(async scope => ({
      name: `a key with ${scope}`,
      key: await makeKey(platform, { scopes: [scope] }),
      scopes: scope === 'admin' ? everything : [scope],
      hidden: [],
    })),
  )),
  ...(await Promise.all(
    roleNames.map(async role => ({
      name: `a key of role ${role}`,
      key: await makeKey(platform, { role }),
      ...expectedOf[role],
    })),
  )),
  { name: 'a write key', key: await makeKey(platform, { kind: 'write' }), scopes: ['ingest'], hidden: [] },
];

const people = async (issuer: Issuer): Promise<TestCaller[]> => [
  ...(await Promise.all(
    roleNames.map(async role => ({
      name: `a person of role ${role}`,
      key: await issuer.tokenOf([role]),
      ...expectedOf[role],
    })),
  )),
  { name: 'a person without a role', key: await issuer.tokenOf(['staff']), scopes: [], hidden: masked },
];

/** Keys that once were good. */
const endedKeys = async (platform: Platform): Promise<Record<string, string>> => {
  const expiresAt = new Date(platform.clock.at + 1000).toISOString();
  const expired = await makeKey(platform, { role: 'admin', expiresAt });
  const revoked = await makeKey(platform, { role: 'admin' });
  const rotated = await makeKey(platform, { role: 'admin' });
  const idOf = (key: string): string => `key-${key.split('_')[2]}`;
  await platform.call('revokeApiKey', { params: { id: idOf(revoked) } });
  await platform.call('rotateApiKey', { params: { id: idOf(rotated) }, body: { graceSeconds: 0 } });
  platform.clock.advance(60_000);
  return { 'an expired key': expired, 'a revoked key': revoked, 'a key before its rotation': rotated };
};

/** Everybody who may call, and everybody who must not. */
export const allCallers = async (platform: Platform, issuer: Issuer): Promise<TestCaller[]> => {
  const good = await goodKeys(platform);
  const [known] = good;
  const wrong = `${known?.key?.slice(0, -1)}${known?.key?.endsWith('0') ? '1' : '0'}`;
  const unknown: Record<string, string | null> = {
    'no key': null,
    nonsense: 'nonsense-that-is-no-key',
    'an unknown key': `cdp_test_${'0'.repeat(26)}_${'0'.repeat(48)}`,
    'a key with a wrong secret': wrong,
    ...(await endedKeys(platform)),
    ...issuer.bad,
  };
  const strangers = Object.entries(unknown).map(
    ([name, key]): TestCaller => ({ name, key, scopes: [], hidden: [], unknown: true }),
  );
  return [...good, ...(await people(issuer)), ...strangers];
};
