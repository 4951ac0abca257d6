import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { Identifier } from '../model/identifier.ts';
import { JsonObject } from '../model/json-object.ts';
import { AttributesPatch, ConsentPatch } from '../model/profile.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const EventType = z.string().regex(/^[A-Za-z0-9_ .:/-]{1,100}$/, 'has 1–100 letters, digits, blanks or _ . : / -');
/** How long the texts of an event may be, in UTF-16 units. A time is kept as given, whatever it says. */
const textLengths = {
  profileId: [1, 256],
  sessionId: [1, 256],
  deviceId: [1, 256],
  anonymousId: [1, 256],
  source: [1, 256],
  messageId: [1, 100],
  timestamp: [0, 64],
  sentAt: [0, 64],
} as const;
type TextName = keyof typeof textLengths;

const textOf = (name: TextName) => {
  const [minLength, maxLength] = textLengths[name];
  return z
    .string()
    .meta(minLength === 0 ? { maxLength } : { minLength, maxLength })
    .optional();
};

/** One check over all texts: a check on each would cost as much as everything else that is asked of an event. */
const checkTexts = ({ value, issues }: z.core.ParsePayload<Partial<Record<TextName, string>>>): void => {
  for (const name in textLengths) {
    const input = value[name as TextName];
    if (input === undefined) continue;
    const [minimum, maximum] = textLengths[name as TextName];
    const about = { origin: 'string' as const, inclusive: true, input, path: [name] };
    if (input.length < minimum) issues.push({ code: 'too_small', minimum, ...about });
    if (input.length > maximum) issues.push({ code: 'too_big', maximum, ...about });
  }
};

/** What happened: by whom (a profile or any identifiers), what, when, and what the client knew. */
export const NewEvent = z
  .strictObject({
    profileId: textOf('profileId'),
    identifiers: z.array(Identifier).min(1).max(20).optional(),
    type: EventType,
    /** What cannot be read is answered with a warning and the receive time. */
    timestamp: textOf('timestamp'),
    sentAt: textOf('sentAt'),
    properties: JsonObject.default({}),
    /** Attributes of the person that this event tells (identify). */
    traits: AttributesPatch.optional(),
    consent: ConsentPatch.optional(),
    sessionId: textOf('sessionId'),
    deviceId: textOf('deviceId'),
    anonymousId: textOf('anonymousId'),
    source: textOf('source'),
    /** The client's own id: an event that comes again under it has no further effect. */
    messageId: textOf('messageId'),
    context: JsonObject.optional(),
  })
  .check(checkTexts);
export type NewEvent = z.output<typeof NewEvent>;

/** An event as it is kept. */
export const TrackedEvent = z
  .object({
    id: z.string(),
    messageId: z.string(),
    profileId: z.string(),
    type: z.string(),
    timestamp: z.iso.datetime(),
    receivedAt: z.iso.datetime(),
    originalTimestamp: z.string().optional(),
    properties: classed('behavioural', z.record(z.string(), z.unknown())),
    sessionId: z.string().optional(),
    deviceId: classed('identifier', z.string()).optional(),
    source: z.string().optional(),
    context: classed('behavioural', z.record(z.string(), z.unknown())).optional(),
  })
  .meta({ id: 'Event' });
export type TrackedEvent = z.output<typeof TrackedEvent>;

const Warning = z.object({
  code: z.enum(['TIMESTAMP_INVALID', 'TIMESTAMP_IN_FUTURE', 'IDENTIFIER_IGNORED', 'SCHEMA_VIOLATION']),
  message: z.string(),
});
export type Warning = z.output<typeof Warning>;

const strict = z.strictObject({ strict: z.stringbool().default(false) });

export const trackEvent = route({
  id: 'trackEvent',
  capability: 'events',
  method: 'POST',
  path: '/events',
  scope: 'ingest',
  status: 202,
  summary: 'Track an event',
  description:
    'Answered once the event is durable in the stream; it has its effect within seconds. A timestamp that cannot be ' +
    'read is kept, replaced by the receive time and answered with a warning; `strict=true` refuses it.',
  query: strict,
  body: NewEvent,
  response: z.object({
    id: z.string(),
    messageId: z.string(),
    status: z.literal('accepted'),
    warnings: z.array(Warning).optional(),
  }),
  problems: ['UNAVAILABLE'],
  idempotency: 'derived',
  examples: [
    {
      summary: 'A purchase',
      body: {
        profileId: 'profile-abc123',
        type: 'purchase',
        timestamp: '2026-02-15T101:30:00.000Z',
        properties: {
          orderId: 'ORD-789',
          amount: 249.99,
          currency: 'USD',
          items: [{ productId: 'SKU-456', name: 'Product Name', quantity: 2, price: 124.995 }],
        },
        sessionId: 'session-xyz789',
        deviceId: 'device-mobile123',
        source: 'web',
      },
    },
    {
      summary: 'A part of it given back',
      body: {
        profileId: 'profile-abc123',
        type: 'refund',
        properties: { orderId: 'ORD-789', amount: 124.995, currency: 'USD' },
      },
    },
  ],
});

export const trackEvents = route({
  id: 'trackEvents',
  capability: 'events',
  method: 'POST',
  path: '/events/batch',
  scope: 'ingest',
  status: 202,
  summary: 'Track up to 1,000 events',
  description: 'Each event is judged alone: a bad one is answered with its error and does not hold up the others.',
  query: strict,
  body: z.strictObject({ events: z.array(z.unknown()).min(1), sentAt: z.string().max(64).optional() }),
  bodyBytesMax: 4 * 1024 * 1024,
  response: z.object({
    batchId: z.string(),
    accepted: z.number().int(),
    duplicates: z.number().int(),
    rejected: z.number().int(),
    results: z.array(
      z.object({
        index: z.number().int(),
        id: z.string().optional(),
        warnings: z.array(Warning).optional(),
        error: z
          .object({
            code: z.string(),
            message: z.string(),
            details: z.array(z.object({ path: z.string(), reason: z.string() })),
          })
          .optional(),
      }),
    ),
  }),
  problems: ['UNAVAILABLE'],
  idempotency: 'derived',
  examples: [
    {
      summary: 'Two steps of a visit',
      body: {
        events: [
          { profileId: 'profile-abc123', type: 'page_view', properties: { page: '/home' } },
          { profileId: 'profile-abc123', type: 'product_view', properties: { productId: 'SKU-123' } },
        ],
      },
    },
  ],
});

export const getBatch = route({
  id: 'getBatch',
  capability: 'events',
  method: 'GET',
  path: '/events/batch/{id}',
  scope: 'read',
  status: 200,
  summary: 'Tell what became of a batch',
  description:
    'Of the `accepted` events of a batch each is in exactly one of the other counts once the batch is `completed`. ' +
    'Until then they grow as the events have their effect; `pending` says that none has had it yet. Known for 14 days.',
  params: IdParams,
  response: z.object({
    accepted: z.number().int(),
    processed: z.number().int(),
    duplicates: z.number().int(),
    quarantined: z.number().int(),
    refused: z.number().int(),
    status: z.enum(['pending', 'processing', 'completed']),
  }),
  problems: ['NOT_FOUND'],
});
