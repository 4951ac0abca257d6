import * as z from 'zod';
import { FieldPolicy, grantedScopes } from '../model/caller.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const KeyScope = z.enum(grantedScopes);

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
    'read. The same request under the same `Idempotency-Key` gives the same key.',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(['write', 'secret']).default('secret'),
    scopes: z.array(KeyScope).min(1).optional(),
    fieldPolicy: FieldPolicy.default({}),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
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
