import * as z from 'zod';
import { ClassPolicy, FieldPolicy, grantedScopes, roleNames } from '../model/caller.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const KeyScope = z.enum(grantedScopes);

/** Requests a minute; `null` for any number, absent for the deployment's `RATE_LIMIT_PER_MINUTE`. */
const RateLimit = z.number().int().min(1).max(1_000_000).nullable().optional();

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** `write`: may only send events. `secret`: may do what its scopes say. */
  kind: z.enum(['write', 'secret']),
  scopes: z.array(KeyScope),
  fieldPolicy: FieldPolicy,
  /** The first characters of the key, to recognise it by. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
  rateLimitPerMinute: RateLimit,
  rotatedAt: z.iso.datetime().optional(),
  /** Until when the secret before the last rotation goes on being taken. */
  previousSecretUntil: z.iso.datetime().optional(),
});
export type ApiKey = z.output<typeof ApiKey>;

export const listApiKeys = route({
  id: 'listApiKeys',
  capability: 'api-keys',
  method: 'GET',
  path: '/api-keys',
  scope: 'admin',
  status: 200,
  summary: 'List API keys',
  query: Paging,
  response: pageOf(ApiKey),
});

export const createApiKey = route({
  id: 'createApiKey',
  capability: 'api-keys',
  method: 'POST',
  path: '/api-keys',
  scope: 'admin',
  status: 201,
  summary: 'Create an API key',
  description:
    'The key itself is shown once, in this answer. A write key can only send events; a secret key without `scopes` can ' +
    'read. A `role` stands for its scopes and its field policy. The same request under the same `Idempotency-Key` gives ' +
    'the same key.',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(['write', 'secret']).default('secret'),
    scopes: z.array(KeyScope).min(1).optional(),
    role: z.enum(roleNames).optional(),
    fieldPolicy: ClassPolicy.default({}),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    rateLimitPerMinute: RateLimit,
  }),
  response: ApiKey.extend({ key: z.string() }),
  idempotency: 'derived',
  examples: [{ summary: 'A key for reports', body: { name: 'Reports', kind: 'secret', scopes: ['read'] } }],
});

export const revokeApiKey = route({
  id: 'revokeApiKey',
  capability: 'api-keys',
  method: 'DELETE',
  path: '/api-keys/{id}',
  scope: 'admin',
  status: 204,
  summary: 'Revoke an API key',
  description: 'Refused everywhere within 60 seconds.',
  params: IdParams,
  problems: ['NOT_FOUND'],
});

/** A day, so that whoever holds the key has time to take over the new one. */
const graceSecondsByDefault = 86_400;

export const rotateApiKey = route({
  id: 'rotateApiKey',
  capability: 'api-keys',
  method: 'POST',
  path: '/api-keys/{id}/rotate',
  scope: 'admin',
  status: 200,
  summary: 'Give an API key a new secret',
  description:
    'The new key is shown once, in this answer, and is taken at once. The one before it goes on being taken for ' +
    '`graceSeconds`, up to a week. The same request under the same `Idempotency-Key` gives the same key.',
  params: IdParams,
  body: z.strictObject({
    graceSeconds: z.number().int().min(0).max(604_800).default(graceSecondsByDefault),
  }),
  response: ApiKey.extend({ key: z.string() }),
  idempotency: 'derived',
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'The old one for an hour', body: { graceSeconds: 3600 } }],
});
