import * as z from 'zod';
import { EventPatch } from '../model/event-patch.ts';
import { classed, type FieldClass } from '../model/field-class.ts';
import { attributeShape } from '../model/profile.ts';
import { Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const Filter = z.strictObject({
  reason: z
    .string()
    .regex(/^[a-z0-9_]{1,64}$/, 'has 1–64 small letters, digits or _')
    .optional(),
  type: z.string().min(1).max(100).optional(),
  /** By the time of receipt, as `endDate`. */
  startDate: Moment.optional(),
  endDate: Moment.optional(),
});

const anything = (schema: z.ZodType): z.ZodType => {
  const { fieldClass } = (schema.meta() ?? {}) as { fieldClass?: FieldClass };
  return fieldClass === undefined ? z.unknown() : classed(fieldClass, z.unknown());
};

/** What is kept aside need not be as it should be: the classes of its fields are known, and nothing else. */
const Traits = z
  .object(Object.fromEntries(Object.entries(attributeShape).map(([name, schema]) => [name, anything(schema)])))
  .partial()
  .extend({
    tags: z.unknown().optional(),
    customFields: classed('behavioural', z.unknown()).optional(),
  });

export const Received = z.object({
  profileId: z.string().optional(),
  identifiers: z.array(z.object({ type: z.string(), value: classed('identifier', z.string()) })).optional(),
  type: z.string(),
  timestamp: z.string().optional(),
  properties: classed('behavioural', z.record(z.string(), z.unknown())),
  traits: Traits.optional(),
  consent: z.record(z.string(), z.unknown()).optional(),
  sessionId: z.string().optional(),
  deviceId: classed('identifier', z.string()).optional(),
  source: z.string().optional(),
  messageId: z.string(),
  context: classed('behavioural', z.record(z.string(), z.unknown())).optional(),
});

const QuarantinedEvent = z
  .object({
    id: z.string(),
    reason: z.string(),
    receivedAt: z.string(),
    quarantinedAt: z.iso.datetime(),
    /** How often it was tried, a redrive included. */
    tries: z.number().int(),
    /** The time as the client said it, where another is used. */
    originalTimestamp: z.string().optional(),
    /** Where it is kept aside because the tracking plan says so: what is not as planned. */
    violations: classed('behavioural', z.array(z.object({ path: z.string(), reason: z.string() }))).optional(),
    /** In the form of `POST /events`: what a patch is applied to. */
    event: Received,
    /** What stood in the place of an event, where it cannot be read. */
    data: classed('sensitive', z.string()).optional(),
  })
  .meta({ id: 'QuarantinedEvent' });

export const listQuarantine = route({
  id: 'listQuarantine',
  capability: 'quarantine',
  method: 'GET',
  path: '/events/quarantine',
  scope: 'read',
  status: 200,
  summary: 'List events that were accepted and could not have their effect',
  description:
    'Newest first by the time of receipt, kept for 30 days. With a filter a page may be short of its limit although ' +
    'there is a next one. `counts` tells how many there are for each reason altogether; it follows within seconds.',
  query: Filter.extend({ limit: Paging.shape.limit, cursor: Paging.shape.cursor }),
  response: pageOf(QuarantinedEvent)
    .omit({ total: true, offset: true })
    .extend({ counts: z.record(z.string(), z.number().int()) }),
});

const idsMax = 500;

export const redriveQuarantine = route({
  id: 'redriveQuarantine',
  capability: 'quarantine',
  method: 'POST',
  path: '/events/quarantine/redrive',
  scope: 'write',
  status: 202,
  summary: 'Give events from the quarantine their effect after all',
  description:
    'Names events by `ids`, or by a `filter`: an empty one means all. `patch` is a JSON merge patch (RFC 7396) that is ' +
    'applied to each. They are judged as they were when they came, and those that pass are put on the event stream under ' +
    'their own message ids, with their own receive times: none has its effect twice. The others stay. The job tells how ' +
    'many; with `dryRun` it tells what would happen, and changes nothing.',
  body: z
    .strictObject({
      ids: z.array(z.string().min(1).max(200)).min(1).max(idsMax).optional(),
      filter: Filter.optional(),
      patch: EventPatch.optional(),
      dryRun: z.boolean().default(false),
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'names either ids or a filter'),
  bodyBytesMax: 64 * 1024,
  response: z.object({ jobId: z.string() }),
  examples: [
    {
      summary: 'What would become of refunds that name their amount wrongly, if it were left out',
      body: { filter: { reason: 'refund_invalid' }, patch: { properties: { amount: null } }, dryRun: true },
    },
  ],
});
