import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../core/model/caller.ts';
import type { StoredApiKey } from '../../core/model/stored-api-key.ts';
import type { Collection } from '../../core/ports/collection.ts';
import type { Keyring } from '../../core/ports/outlets.ts';

export type { StoredApiKey };

const pattern = /^cdp_[a-z][a-z0-9-]{0,19}_([0-9a-z]{26})_([0-9a-f]{48})$/;
const ownPattern = /^[\x21-\x7e]{16,200}$/;

/**
 * The id and the secret of a key: of `cdp_<stage>_<id>_<secret>` its parts; a key that an operator thought up is a
 * secret as a whole and is found by its hash. `undefined` for text that is no key.
 */
export const readApiKey = (text: string): { id: string; secret: string } | undefined => {
  const [, id = '', secret = ''] = pattern.exec(text) ?? [];
  if (secret !== '') return { id: `key-${id}`, secret };
  if (!ownPattern.test(text)) return undefined;
  return { id: `key-${createHash('sha256').update(text).digest('hex').slice(0, 26)}`, secret: text };
};

export const hashSecret = async (keyring: Keyring, secret: string): Promise<string> =>
  createHmac('sha256', await keyring.derive('api-key-pepper'))
    .update(secret)
    .digest('hex');

/** A revoked key may be remembered for this long. */
const rememberMs = 30_000;
const rememberedMax = 10_000;

/** Tells who has an API key; keys are remembered for 30 s. `undefined`: no such key, revoked, or expired. */
export const keyVerifier = (
  apiKeys: Collection<StoredApiKey>,
  keyring: Keyring,
  now: () => number = Date.now,
): ((text: string) => Promise<Caller | undefined>) => {
  const remembered = new Map<string, { key: StoredApiKey | undefined; until: number }>();
  const load = async (id: string): Promise<StoredApiKey | undefined> => {
    const known = remembered.get(id);
    if (known && known.until > now()) return known.key;
    const key = await apiKeys.get(id);
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(id, { key, until: now() + rememberMs });
    return key;
  };
  return async text => {
    const given = readApiKey(text);
    const key = given && (await load(given.id));
    if (!given || !key) return undefined;
    const [actual, expected] = [Buffer.from(await hashSecret(keyring, given.secret)), Buffer.from(key.hash)];
    const valid = actual.length === expected.length && timingSafeEqual(actual, expected);
    const current = key.revokedAt === undefined && (key.expiresAt === undefined || Date.parse(key.expiresAt) > now());
    return valid && current
      ? { id: key.id, kind: key.kind, scopes: key.scopes, fieldPolicy: key.fieldPolicy }
      : undefined;
  };
};
