import * as z from 'zod';
import { FieldPolicy, grantedScopes } from '../model/caller.ts';
import { route } from './route.ts';

export const getCaller = route({
  id: 'getCaller',
  capability: 'auth',
  method: 'GET',
  path: '/auth/caller',
  scope: 'read',
  status: 200,
  summary: 'Who is calling',
  description: 'What the key or the token of this request may do and see, so that a page offers no more than that.',
  response: z.object({
    id: z.string(),
    kind: z.enum(['secret', 'write', 'user']),
    scopes: z.array(z.enum(grantedScopes)),
    fieldPolicy: FieldPolicy,
  }),
});
