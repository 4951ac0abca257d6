import * as z from 'zod';
import { factTypes, testFactType } from '../model/fact.ts';
import { webhookFields } from '../model/stored-webhook.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const FactType = z.enum(factTypes);
const Field = z.enum(webhookFields);
/** `whsec_` and 24–64 bytes in base64, as Standard Webhooks has it. */
const Secret = z.string().regex(/^whsec_(?=.{32,88}$)([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string().optional(),
    events: z.array(FactType),
    /** Parts of the profile that are sent along, as far as the one who asked for them may read them. */
    fields: z.array(Field),
    active: z.boolean(),
    /** Why it was switched off, where nobody asked for it. */
    disabled: z.object({ at: z.iso.datetime(), reason: z.string() }).optional(),
    /** Since when the receiver has taken nothing. */
    failingSince: z.iso.datetime().optional(),
    rotatedAt: z.iso.datetime().optional(),
    /** Until when the secret before the last rotation goes on signing. */
    previousSecretUntil: z.iso.datetime().optional(),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.output<typeof Webhook>;

const Attempt = z.object({
  at: z.iso.datetime(),
  status: z.number().int().optional(),
  error: z.string().optional(),
  latencyMs: z.number().int(),
});

export const WebhookDelivery = z
  .object({
    /** The id of the fact, and of the message that tells it. */
    id: z.string(),
    type: z.enum([...factTypes, testFactType]),
    at: z.iso.datetime(),
    data: z.record(z.string(), z.json()),
    /** `waiting`: it is tried again at `nextAt`. `failed`: it is not tried any more; it can be replayed. */
    state: z.enum(['sending', 'waiting', 'delivered', 'failed']),
    tries: z.number().int(),
    attempts: z.array(Attempt),
    nextAt: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.output<typeof WebhookDelivery>;

const WebhookBody = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2048),
  description: z.string().max(500).optional(),
  events: z.array(FactType).min(1).max(factTypes.length),
  fields: z.array(Field).max(webhookFields.length).default([]),
  secret: Secret.optional(),
});
export type WebhookBody = z.output<typeof WebhookBody>;

/** A subscription together with its secret, which is shown this once. */
const WithSecret = Webhook.extend({ secret: z.string() });

export const listWebhooks = route({
  id: 'listWebhooks',
  capability: 'webhooks',
  method: 'GET',
  path: '/webhooks',
  scope: 'admin',
  status: 200,
  summary: 'List webhooks',
  query: Paging,
  response: pageOf(Webhook),
});

export const createWebhook = route({
  id: 'createWebhook',
  capability: 'webhooks',
  method: 'POST',
  path: '/webhooks',
  scope: 'admin',
  status: 201,
  summary: 'Subscribe an endpoint to what happens',
  description:
    'Messages are signed as Standard Webhooks asks; the secret is shown once, in this answer. They carry ids; `fields` ' +
    'adds parts of the profile, as far as you may read them. An address that leads to a private network is refused. The ' +
    'same request under the same `Idempotency-Key` gives the same webhook.',
  body: WebhookBody,
  response: WithSecret,
  idempotency: 'derived',
  examples: [
    {
      summary: 'Who enters and leaves segments',
      body: { url: 'https://example.com/hooks/cdp', events: ['segment.entered', 'segment.exited'] },
    },
  ],
});

export const getWebhook = route({
  id: 'getWebhook',
  capability: 'webhooks',
  method: 'GET',
  path: '/webhooks/{id}',
  scope: 'admin',
  status: 200,
  summary: 'Read a webhook',
  params: IdParams,
  response: Webhook,
  problems: ['NOT_FOUND'],
});

const WebhookPatch = z.strictObject({
  url: WebhookBody.shape.url.optional(),
  description: z.string().max(500).nullish(),
  events: WebhookBody.shape.events.optional(),
  fields: z.array(Field).max(webhookFields.length).optional(),
  active: z.boolean().optional(),
});
export type WebhookPatch = z.output<typeof WebhookPatch>;

export const updateWebhook = route({
  id: 'updateWebhook',
  capability: 'webhooks',
  method: 'PUT',
  path: '/webhooks/{id}',
  scope: 'admin',
  status: 200,
  summary: 'Update parts of a webhook',
  description:
    'What is not sent stays; `null` clears the description. `active: true` switches on again what was disabled. Whoever ' +
    'changes the address or the fields sends what they themselves may read. `If-Match` with an ETag refuses an update of ' +
    'a webhook that has changed since.',
  params: IdParams,
  body: WebhookPatch,
  response: Webhook,
  problems: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  examples: [{ summary: 'Not for now', body: { active: false } }],
});

export const deleteWebhook = route({
  id: 'deleteWebhook',
  capability: 'webhooks',
  method: 'DELETE',
  path: '/webhooks/{id}',
  scope: 'admin',
  status: 204,
  summary: 'Unsubscribe',
  description: 'Nothing more is sent, not even what waits to be tried again.',
  params: IdParams,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

/** Two secrets are good for a day, so that a receiver has time to take over the new one. */
const graceSecondsByDefault = 86_400;

export const rotateWebhook = route({
  id: 'rotateWebhook',
  capability: 'webhooks',
  method: 'POST',
  path: '/webhooks/{id}/rotate',
  scope: 'admin',
  status: 200,
  summary: 'Give a webhook a new secret',
  description:
    'The new secret is shown once, in this answer. For `graceSeconds`, up to a week, every message is signed with both. ' +
    'The same request under the same `Idempotency-Key` gives the same secret.',
  params: IdParams,
  body: z.strictObject({
    graceSeconds: z.number().int().min(0).max(604_800).default(graceSecondsByDefault),
    secret: Secret.optional(),
  }),
  response: WithSecret,
  idempotency: 'derived',
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Both for an hour', body: { graceSeconds: 3600 } }],
});

export const testWebhook = route({
  id: 'testWebhook',
  capability: 'webhooks',
  method: 'POST',
  path: '/webhooks/{id}/test',
  scope: 'admin',
  status: 200,
  summary: 'Send a test message and tell what came of it',
  description: 'Sent once, whether the webhook is active or not. The answer of the endpoint is not shown.',
  params: IdParams,
  response: WebhookDelivery,
  problems: ['NOT_FOUND'],
});

export const listWebhookDeliveries = route({
  id: 'listWebhookDeliveries',
  capability: 'webhooks',
  method: 'GET',
  path: '/webhooks/{id}/deliveries',
  scope: 'admin',
  status: 200,
  summary: 'List what a webhook was told, newest first',
  description: 'Kept 30 days. What is sent along of profiles is not kept.',
  params: IdParams,
  query: Paging,
  response: pageOf(WebhookDelivery),
  problems: ['NOT_FOUND'],
});

export const replayWebhookDelivery = route({
  id: 'replayWebhookDelivery',
  capability: 'webhooks',
  method: 'POST',
  path: '/webhooks/{id}/deliveries/{deliveryId}/replay',
  scope: 'admin',
  status: 202,
  summary: 'Send a message again',
  description: 'Under its id, by which a receiver knows that it has had it.',
  params: IdParams.extend({ deliveryId: IdParams.shape.id }),
  response: WebhookDelivery,
  problems: ['NOT_FOUND', 'CONFLICT'],
});
