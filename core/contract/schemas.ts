import * as z from 'zod';
import { JsonObject } from '../model/json-object.ts';
import { planModes } from '../model/stored-schema.ts';
import { route } from './route.ts';

const EventTypeParams = z.strictObject({ eventType: z.string().min(1).max(200) });

const ViolationExample = z.object({
  eventId: z.string(),
  at: z.iso.datetime(),
  /** Where in the event. */
  path: z.string(),
  reason: z.string(),
});

/** What the tracking plan says of the properties of one type of event. */
export const EventSchema = z
  .object({
    eventType: z.string(),
    /** `observe`: what is not so is counted. `warn`: its sender is told, too. `enforce`: it is kept aside. */
    mode: z.enum(planModes),
    /** A JSON schema of the event’s `properties`. */
    schema: JsonObject,
    description: z.string().optional(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    /** Events that were not so, since this version; as of some seconds ago. */
    violations: z.object({
      count: z.number().int(),
      lastAt: z.iso.datetime().optional(),
      /** The last ten, newest first. */
      examples: z.array(ViolationExample),
    }),
  })
  .meta({ id: 'EventSchema' });
export type EventSchema = z.output<typeof EventSchema>;

export const listSchemas = route({
  id: 'listSchemas',
  capability: 'schemas',
  method: 'GET',
  path: '/schemas',
  scope: 'read',
  status: 200,
  summary: 'Read the tracking plan: what events of each type should say, and which were not so',
  response: z.object({ items: z.array(EventSchema) }),
});

export const setSchema = route({
  id: 'setSchema',
  capability: 'schemas',
  method: 'PUT',
  path: '/schemas/{eventType}',
  scope: 'write',
  status: 200,
  summary: 'Say what the properties of events of a type should be',
  description:
    'A JSON schema of at most 64 KiB. It may use `$ref` within itself only, not recursively, and patterns that are ' +
    'quick; a fault is named by its path. Holds everywhere within 60 seconds, for events that come from then on, ' +
    'whatever way they come: `observe` counts those that are not so, `warn` answers a warning, too, `enforce` keeps them ' +
    'aside as `schema_violation`. `If-Match` with an ETag refuses a change of a schema that has changed since.',
  params: EventTypeParams,
  body: z.strictObject({
    mode: z.enum(planModes).default('observe'),
    schema: JsonObject,
    description: z.string().max(2000).optional(),
  }),
  response: EventSchema,
  problems: ['CONFLICT', 'PRECONDITION_FAILED'],
  examples: [
    {
      summary: 'What a form tells',
      body: {
        mode: 'warn',
        schema: {
          type: 'object',
          required: ['formId'],
          properties: { formId: { type: 'string', maxLength: 40 }, fields: { type: 'integer', minimum: 0 } },
        },
      },
    },
  ],
});

export const deleteSchema = route({
  id: 'deleteSchema',
  capability: 'schemas',
  method: 'DELETE',
  path: '/schemas/{eventType}',
  scope: 'write',
  status: 204,
  summary: 'Take a type of events out of the tracking plan',
  description: 'With what was counted of it. Events of the type may say anything within 60 seconds.',
  params: EventTypeParams,
  problems: ['NOT_FOUND', 'CONFLICT'],
});
