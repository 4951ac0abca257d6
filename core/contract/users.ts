import * as z from 'zod';
import { roleNames } from '../model/caller.ts';
import { classed } from '../model/field-class.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Roles = z
  .array(z.enum(roleNames))
  .min(1)
  .max(roleNames.length)
  .transform(roles => [...new Set(roles)]);

export const User = z.object({
  id: z.string(),
  email: classed('contact', z.string()),
  roles: z.array(z.enum(roleNames)),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type User = z.output<typeof User>;

export const listUsers = route({
  id: 'listUsers',
  capability: 'users',
  method: 'GET',
  path: '/users',
  scope: 'admin',
  status: 200,
  summary: 'List the users of the console',
  description: 'Who was invited here. Whoever has a role by a group of the issuer is known there.',
  query: Paging,
  response: pageOf(User),
});

export const inviteUser = route({
  id: 'inviteUser',
  capability: 'users',
  method: 'POST',
  path: '/users',
  scope: 'admin',
  status: 201,
  summary: 'Invite a user',
  description:
    'Whoever signs in with this address, verified by the issuer, has these roles. No message is sent: tell them the ' +
    'address of the console.',
  body: z.strictObject({ email: z.email().max(254).toLowerCase(), roles: Roles }),
  response: User,
  problems: ['CONFLICT'],
  examples: [{ summary: 'An analyst', body: { email: 'ada@example.com', roles: ['analyst'] } }],
});

export const updateUser = route({
  id: 'updateUser',
  capability: 'users',
  method: 'PUT',
  path: '/users/{id}',
  scope: 'admin',
  status: 200,
  summary: 'Set the roles of a user',
  description: 'Holds for the next request of that user.',
  params: IdParams,
  body: z.strictObject({ roles: Roles }),
  response: User,
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'Marketer and privacy', body: { roles: ['marketer', 'privacy'] } }],
});

export const removeUser = route({
  id: 'removeUser',
  capability: 'users',
  method: 'DELETE',
  path: '/users/{id}',
  scope: 'admin',
  status: 204,
  summary: 'Remove a user',
  description: 'The roles that were given here end at once; roles by groups of the issuer end there.',
  params: IdParams,
  problems: ['NOT_FOUND'],
});
