import type { ApiKey, createApiKey as createApiKeyRoute } from '../contract/api-keys.ts';
import type { RouteInput } from '../contract/route.ts';
import { unprocessable } from '../errors.ts';
import { type Caller, type FieldPolicy, type GrantedScope, roles } from '../model/caller.ts';
import type { SourceKind } from '../model/source-activity.ts';
import type { StoredApiKey } from '../model/stored-api-key.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import type { Keyring } from '../ports/outlets.ts';
import { derivedLetters } from './api-key-secret.ts';
import { checkGrant } from './check-grant.ts';
import { shownApiKey } from './shown-api-key.ts';

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
  caller: Pick<Caller, 'id' | 'fieldPolicy'>;
  /** Names the key of a request that comes again. */
  idempotencyKey?: string | undefined;
  /** What will send under a write key. */
  sourceKind?: SourceKind | undefined;
}

const idLength = 26;

/**
 * Makes an API key; its secret is in this answer only. The same request under the same `Idempotency-Key` gives the same
 * key again, because id and secret are derived from it: an answer that was stored would keep the secret.
 *
 * @throws Problem `VALIDATION_FAILED` @throws Problem `FORBIDDEN` for a key that would be shown more than its maker
 */
export const createApiKey = async (
  body: KeyBody,
  context: KeyContext,
  tools: KeyTools,
): Promise<ApiKey & { key: string }> => {
  const grant = grantOf(body);
  if (body.kind === 'secret') checkGrant(context.caller.fieldPolicy, grant.fieldPolicy);
  const { id, secret } = await namesOf(context, tools);
  const prefix = `cdp_${context.stage}_${id}`;
  const wanted: StoredApiKey = {
    id: `key-${id}`,
    version: 1,
    name: body.name,
    kind: body.kind,
    ...grant,
    ...(context.sourceKind === undefined ? {} : { sourceKind: context.sourceKind }),
    rateLimitPerMinute: body.rateLimitPerMinute,
    prefix,
    createdAt: tools.now().toISOString(),
    ...expiry(body, tools.now()),
    hash: await tools.hashSecret(secret),
  };
  return { ...shownApiKey(await keep(wanted, tools.apiKeys)), key: `${prefix}_${secret}` };
};

const namesOf = async (
  { caller, idempotencyKey }: KeyContext,
  { keyring, newId, newSecret }: KeyTools,
): Promise<{ id: string; secret: string }> => {
  if (idempotencyKey === undefined) return { id: newId('key').slice('key-'.length), secret: newSecret() };
  return {
    id: await derivedLetters(keyring, `api-key-id ${caller.id} ${idempotencyKey}`, idLength),
    secret: await derivedLetters(keyring, `api-key-secret ${caller.id} ${idempotencyKey}`),
  };
};

/** A role stands for all that a key may do and see; a key has either a role or scopes of its own. */
const grantOf = ({ role, ...body }: KeyBody): { scopes: GrantedScope[]; fieldPolicy: FieldPolicy } => {
  if (role === undefined) return { scopes: scopesOf(body), fieldPolicy: body.fieldPolicy };
  if (body.kind === 'write') throw unprocessable('body.role', 'a write key has the scope ingest and no role');
  if (body.scopes) throw unprocessable('body.role', 'stands in place of scopes; give one of the two');
  const { scopes, fieldPolicy } = roles[role];
  return { scopes: [...scopes], fieldPolicy: { ...fieldPolicy, ...body.fieldPolicy } };
};

/** A write key stands in every browser: it may send events and nothing else. */
const scopesOf = ({ kind, scopes }: Omit<KeyBody, 'role'>): GrantedScope[] => {
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
    if (sameGrant(known) !== sameGrant(wanted)) {
      throw unprocessable('headers.idempotency-key', 'was used with another request');
    }
    if (known.hash !== wanted.hash) throw unprocessable('headers.idempotency-key', 'made a key that was rotated since');
    return known;
  }
};

const sameGrant = (key: StoredApiKey): string => {
  const { name, kind, sourceKind, scopes, fieldPolicy, expiresAt, rateLimitPerMinute = 0 } = key;
  return JSON.stringify([
    name,
    kind,
    sourceKind,
    scopes,
    Object.entries(fieldPolicy).sort(),
    expiresAt,
    rateLimitPerMinute,
  ]);
};
