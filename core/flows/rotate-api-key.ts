import type { ApiKey } from '../contract/api-keys.ts';
import { Problem, unprocessable } from '../errors.ts';
import type { Caller } from '../model/caller.ts';
import { isCurrent, type StoredApiKey } from '../model/stored-api-key.ts';
import type { Collection } from '../ports/collection.ts';
import type { Keyring } from '../ports/outlets.ts';
import { derivedLetters } from './api-key-secret.ts';
import { changeDocument } from './change-document.ts';
import { checkGrant } from './check-grant.ts';
import { shownApiKey } from './shown-api-key.ts';

interface Rotation {
  id: string;
  graceSeconds: number;
  stage: string;
  caller: Pick<Caller, 'id' | 'fieldPolicy'>;
  /** Names the secret of a request that comes again. */
  idempotencyKey?: string | undefined;
}

interface RotateTools {
  apiKeys: Collection<StoredApiKey>;
  keyring: Keyring;
  hashSecret: (secret: string) => Promise<string>;
  newSecret: () => string;
  now: () => Date;
}

/**
 * Gives a key a new secret, which is in this answer only; the secret before it is taken for a while longer.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` for a key that is revoked or has expired
 * @throws Problem `FORBIDDEN` for a key that is shown more than whoever asks
 */
export const rotateApiKey = async (rotation: Rotation, tools: RotateTools): Promise<ApiKey & { key: string }> => {
  const { id, stage } = rotation;
  const secret = await secretOf(rotation, tools);
  const hash = await tools.hashSecret(secret);
  const prefix = `cdp_${stage}_${id.slice('key-'.length)}`;
  const rotated = await changeDocument('API key', id, tools.apiKeys, key =>
    key.hash === hash ? key : { ...withSecret(key, hash, rotation, tools.now()), prefix },
  );
  return { ...shownApiKey(rotated), key: `${prefix}_${secret}` };
};

const secretOf = ({ id, caller, idempotencyKey }: Rotation, { keyring, newSecret }: RotateTools): Promise<string> =>
  idempotencyKey === undefined
    ? Promise.resolve(newSecret())
    : derivedLetters(keyring, `api-key-rotated ${id} ${caller.id} ${idempotencyKey}`);

const withSecret = (key: StoredApiKey, hash: string, { graceSeconds, caller }: Rotation, now: Date): StoredApiKey => {
  if (!isCurrent(key, now.getTime())) {
    throw new Problem('CONFLICT', `API key ${key.id} is revoked or has expired; make a new one`);
  }
  if (key.kind === 'secret') checkGrant(caller.fieldPolicy, key.fieldPolicy);
  if (key.previous?.hash === hash) {
    throw unprocessable('headers.idempotency-key', 'was used with an earlier rotation');
  }
  const until = new Date(now.getTime() + graceSeconds * 1000).toISOString();
  const previous = graceSeconds === 0 ? undefined : { hash: key.hash, until };
  return { ...key, hash, rotatedAt: now.toISOString(), previous };
};
