import * as z from 'zod';
import { classed, type FieldClass, fieldClasses } from '../model/field-class.ts';
import { Identifier, IdentifierType } from '../model/identifier.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Identity = z
  .object({
    type: IdentifierType,
    value: classed('identifier', z.string()),
    firstSeenAt: z.iso.datetime(),
    /** Of the last 90 days of events the last that came with it; where there is none, when it was first seen. */
    lastSeenAt: z.iso.datetime(),
    /** Who told of it first. */
    source: z.string(),
    /** 0–100. */
    confidence: z.number(),
  })
  .meta({ id: 'Identity' });

export const listIdentities = route({
  id: 'listIdentities',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/identities',
  scope: 'read',
  status: 200,
  summary: 'List what a profile is known by',
  params: IdParams,
  response: z.object({ items: z.array(Identity) }),
  problems: ['NOT_FOUND'],
});

export const attachIdentity = route({
  id: 'attachIdentity',
  capability: 'profiles',
  method: 'POST',
  path: '/profiles/{id}/identities',
  scope: 'write',
  status: 201,
  summary: 'Make a profile known by an identifier',
  description:
    'An identifier that another profile has is a conflict that names it; one that it has already changes nothing.',
  params: IdParams,
  body: Identifier,
  response: Identity,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'A customer id', body: { type: 'customerId', value: 'C-1001' } }],
});

export const detachIdentity = route({
  id: 'detachIdentity',
  capability: 'profiles',
  method: 'DELETE',
  path: '/profiles/{id}/identities/{type}/{value}',
  scope: 'write',
  status: 204,
  summary: 'Take an identifier from a profile',
  description:
    'It is free from then on, and events that come with it find somebody else. What came by it before stays where it is, ' +
    'and the history still tells it. An address or a number among the attributes stays an attribute.',
  params: IdParams.extend({
    type: z.string().min(1).max(200),
    value: classed('identifier', z.string().min(1).max(256)),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
});

const entryShape = {
  at: z.iso.datetime(),
  field: z.string(),
  source: z.string(),
  saidAt: z.iso.datetime(),
  by: z.string().optional(),
  actor: z.string().optional(),
};

const entryOf = (fieldClass: FieldClass) =>
  z.object({
    ...entryShape,
    dataClass: z.literal(fieldClass),
    old: classed(fieldClass, z.unknown()).optional(),
    new: classed(fieldClass, z.unknown()).optional(),
  });

/** Values are of the class of their field. */
const HistoryEntry = z
  .discriminatedUnion('dataClass', [
    z.object({
      ...entryShape,
      dataClass: z.literal('none'),
      old: z.unknown().optional(),
      new: z.unknown().optional(),
    }),
    ...fieldClasses.map(entryOf),
  ])
  .meta({ id: 'HistoryEntry' });

export const getHistory = route({
  id: 'getHistory',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/history',
  scope: 'read',
  status: 200,
  summary: 'What became of each field of a profile, newest first',
  description:
    'Attributes, custom fields, identifiers, and computed values that were set by hand: what stood, what stands in its ' +
    'place, since when (`at`), and who said so (`source`), when (`saidAt`), by which message or request (`by`), and ' +
    'whose request it was (`actor`). `field` names a path, or what is above several: `attributes.customFields`.',
  params: IdParams,
  query: z.strictObject({
    field: z.string().min(1).max(200).optional(),
    limit: Paging.shape.limit,
    cursor: Paging.shape.cursor,
  }),
  response: pageOf(HistoryEntry).omit({ total: true, offset: true }),
  problems: ['NOT_FOUND'],
});
