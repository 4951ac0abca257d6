import type { ApiKey, createApiKey as createApiKeyRoute } from '../contract/api-keys.ts';
import type { RouteInput } from '../contract/route.ts';
import { unprocessable } from '../errors.ts';
import type { GrantedScope } from '../model/caller.ts';
import type { StoredApiKey } from '../model/stored-api-key.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import type { Keyring } from '../ports/outlets.ts';

type KeyBody = RouteInput<typeof createApiKeyRoute>['body'];

interface KeyTools {
  apiKeys: Collection<StoredApiKey>;
  keyring: Keyring;
  hashSecret: (secret: string) => Promise<string>;
  newId: (prefix: string) => string;
  newSecret: () => string;
  now: () => Date;
}

interface KeyContext {
  stage: string;
  callerId: string;
  /** Names the key of a request that comes again. */
  idempotencyKey?: string | undefined;
}

const idLength = 26;
const secretLength = 48;

/**
 * Makes an API key; its secret is in this answer only. The same request under the same `Idempotency-Key` gives the same
 * key again, because id and secret are derived from it: an answer that was stored would keep the secret.
 *
 * @throws Problem `VALIDATION_FAILED`
 */
export const createApiKey = async (
  body: KeyBody,
  context: KeyContext,
  tools: KeyTools,
): Promise<ApiKey & { key: string }> => {
  const { id, secret } = await namesOf(context, tools);
  const prefix = `cdp_${context.stage}_${id}`;
  const wanted: StoredApiKey = {
    id: `key-${id}`,
    version: 1,
    name: body.name,
    kind: body.kind,
    scopes: scopesOf(body),
    fieldPolicy: body.fieldPolicy,
    prefix,
    createdAt: tools.now().toISOString(),
    ...expiry(body, tools.now()),
    hash: await tools.hashSecret(secret),
  };
  const { hash: _hash, version: _version, ...kept } = await keep(wanted, tools.apiKeys);
  return { ...kept, key: `${prefix}_${secret}` };
};

const namesOf = async (
  { callerId, idempotencyKey }: KeyContext,
  { keyring, newId, newSecret }: KeyTools,
): Promise<{ id: string; secret: string }> => {
  if (idempotencyKey === undefined) return { id: newId('key').slice('key-'.length), secret: newSecret() };
  const derived = async (part: string, length: number): Promise<string> =>
    hexadecimal(await keyring.derive(`api-key-${part} ${callerId} ${idempotencyKey}`)).slice(0, length);
  return { id: await derived('id', idLength), secret: await derived('secret', secretLength) };
};

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

/** A write key stands in every browser: it may send events and nothing else. */
const scopesOf = ({ kind, scopes }: KeyBody): GrantedScope[] => {
  if (kind === 'secret') return scopes ?? ['read'];
  if (scopes?.some(scope => scope !== 'ingest')) {
    throw unprocessable('body.scopes', 'a write key has the scope ingest and no other');
  }
  return ['ingest'];
};

const expiry = ({ expiresAt }: KeyBody, now: Date): { expiresAt?: string } => {
  if (expiresAt === undefined) return {};
  if (Date.parse(expiresAt) <= now.getTime()) throw unprocessable('body.expiresAt', 'lies in the past');
  return { expiresAt: new Date(expiresAt).toISOString() };
};

/** Returns the key as it stands: the wanted one, or the same from the first time that the request came. */
const keep = async (wanted: StoredApiKey, apiKeys: Collection<StoredApiKey>): Promise<StoredApiKey> => {
  try {
    await apiKeys.add(wanted);
    return wanted;
  } catch (fault) {
    const known = fault instanceof DocumentChanged ? await apiKeys.get(wanted.id) : undefined;
    if (!known) throw fault;
    if (grantOf(known) === grantOf(wanted)) return known;
    throw unprocessable('headers.idempotency-key', 'was used with another request');
  }
};

const grantOf = ({ name, kind, scopes, fieldPolicy, expiresAt }: StoredApiKey): string =>
  JSON.stringify([name, kind, scopes, Object.entries(fieldPolicy).sort(), expiresAt]);
