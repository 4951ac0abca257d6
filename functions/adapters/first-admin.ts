import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../core/model/caller.ts';
import { isCurrent, type StoredApiKey } from '../../core/model/stored-api-key.ts';
import type { StoredUser } from '../../core/model/stored-user.ts';
import type { Collection } from '../../core/ports/collection.ts';
import type { Keyring } from '../../core/ports/outlets.ts';

const pattern = /^cdp_[a-z][a-z0-9-]{0,19}_(first([0-9a-z]{21}))_([0-9a-f]{48})$/;
const validMs = 5 * 60_000;

const proofOf = async (keyring: Keyring, id: string): Promise<string> =>
  createHmac('sha256', await keyring.derive('first-admin'))
    .update(id)
    .digest('hex')
    .slice(0, 48);

/** A key for whoever holds the platform secret, good for five minutes: with it the first admin key is made. */
export const firstAdminKey = async (keyring: Keyring, stage: string, at: number): Promise<string> => {
  const id = `first${at.toString(36).padStart(21, '0')}`;
  return `cdp_${stage}_${id}_${await proofOf(keyring, id)}`;
};

interface FirstAdminTools {
  apiKeys: Pick<Collection<StoredApiKey>, 'all'>;
  users: Pick<Collection<StoredUser>, 'all'>;
  keyring: Keyring;
  now?: () => number;
}

/**
 * Who has a key of this kind, as long as the platform has no admin: neither a key nor a person. A secret that leaks
 * later opens nothing by itself.
 */
export const firstAdminVerifier =
  ({ apiKeys, users, keyring, now = Date.now }: FirstAdminTools) =>
  async (text: string): Promise<Caller | undefined> => {
    const [, id = '', time = '', proof = ''] = pattern.exec(text) ?? [];
    const age = now() - Number.parseInt(time, 36);
    if (proof === '' || Math.abs(age) > validMs) return undefined;
    if (!timingSafeEqual(Buffer.from(proof), Buffer.from(await proofOf(keyring, id)))) return undefined;
    const keys = await apiKeys.all();
    if (keys.some(key => key.scopes.includes('admin') && isCurrent(key, now()))) return undefined;
    if ((await users.all()).some(({ roles }) => roles.includes('admin'))) return undefined;
    return { id: `key-${id}`, kind: 'secret', scopes: ['admin'], fieldPolicy: {}, rateLimitPerMinute: null };
  };
