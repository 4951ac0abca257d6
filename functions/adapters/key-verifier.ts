import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../core/model/caller.ts';
import { isCurrent, type StoredApiKey } from '../../core/model/stored-api-key.ts';
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

/** What is held against a text that is no key, so that it costs what a wrong key costs. */
const nobody = { id: 'key-nobody', secret: '', hash: '0'.repeat(64) };

/** A revoked key may be remembered for this long. */
const rememberMs = 30_000;
const rememberedMax = 10_000;

const sameHash = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Whether a secret of this hash opens a key now; the same steps whatever is wrong. */
const opens = (key: StoredApiKey | undefined, hash: string, at: number): key is StoredApiKey => {
  const isOwn = sameHash(key?.hash ?? nobody.hash, hash);
  const isFormer = sameHash(key?.previous?.hash ?? nobody.hash, hash);
  const inGrace = Date.parse(key?.previous?.until ?? '') > at;
  return key !== undefined && (isOwn || (isFormer && inGrace)) && isCurrent(key, at);
};

const callerOf = ({ id, kind, scopes, fieldPolicy, rateLimitPerMinute }: StoredApiKey): Caller => ({
  id,
  kind,
  scopes,
  fieldPolicy,
  ...(rateLimitPerMinute === undefined ? {} : { rateLimitPerMinute }),
});

/**
 * Tells who has an API key, or `undefined`. A key that is good is remembered for 30 s; nobody is refused from memory,
 * so that a new or a rotated key is taken at once. Every refusal costs the same, one hash and one read: how long it
 * takes does not tell whether a key is malformed, unknown, wrong, expired or revoked.
 */
export const keyVerifier = (
  apiKeys: Pick<Collection<StoredApiKey>, 'get'>,
  keyring: Keyring,
  now: () => number = Date.now,
): ((text: string) => Promise<Caller | undefined>) => {
  const remembered = new Map<string, { key: StoredApiKey; until: number }>();
  const read = async (id: string): Promise<StoredApiKey | undefined> => {
    const key = await apiKeys.get(id);
    if (remembered.size >= rememberedMax) remembered.clear();
    if (key) remembered.set(id, { key, until: now() + rememberMs });
    return key;
  };
  return async text => {
    const { id, secret } = readApiKey(text) ?? nobody;
    const hash = await hashSecret(keyring, secret);
    const known = remembered.get(id);
    if (known && known.until > now() && opens(known.key, hash, now())) return callerOf(known.key);
    const key = await read(id);
    return opens(key, hash, now()) ? callerOf(key) : undefined;
  };
};
