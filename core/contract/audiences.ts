import * as z from 'zod';
import { consentChannels } from '../model/profile.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

/** Where an audience can be sent today. */
export const connectedPlatforms = ['webhook'] as const;
export type Platform = (typeof connectedPlatforms)[number];

/** Where an audience may be meant for: what cannot be sent to yet can be named in advance. */
const PlatformName = z.enum([...connectedPlatforms, 'facebook', 'google', 'klaviyo', 'mailchimp', 'braze']);
export type PlatformName = z.output<typeof PlatformName>;

export const isConnected = (name: PlatformName): name is Platform =>
  (connectedPlatforms as readonly PlatformName[]).includes(name);

const HttpsUrl = z.url({ protocol: /^https?$/ }).max(2048);
const WebhookConfig = z.strictObject({
  url: HttpsUrl,
  /** Every one of these must have been granted by a person before anything about them is sent. */
  requiredConsent: z.array(z.enum(consentChannels)).min(1).max(4).default(['email']),
});
const FacebookConfig = z.strictObject({
  customAudienceId: z.string().min(1).max(64),
  adAccountId: z.string().min(1).max(64),
});
const AudienceConfig = z.strictObject({ webhook: WebhookConfig.optional(), facebook: FacebookConfig.optional() });

const SyncState = z.object({
  platform: z.enum(connectedPlatforms),
  active: z.boolean(),
  operation: z.enum(['add', 'remove', 'replace']),
  /** Also the id of the job that queues its people. */
  syncId: z.string(),
  activatedAt: z.iso.datetime(),
  /** Why the destination takes nothing any more; nothing is sent until the audience is activated again. */
  error: z.string().optional(),
});

const Warning = z.object({ code: z.enum(['CONFIG_MISSING', 'NOT_CONNECTED']), message: z.string() });
export type AudienceWarning = z.output<typeof Warning>;

export const Audience = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().optional(),
    segmentIds: z.array(z.string()),
    platforms: z.array(PlatformName),
    config: AudienceConfig,
    /** The last activation on each platform. */
    syncs: z.array(SyncState),
    version: z.number().int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Audience' });
export type Audience = z.output<typeof Audience>;

export const createAudience = route({
  id: 'createAudience',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences',
  scope: 'write',
  status: 201,
  summary: 'Create an audience from segments',
  description:
    'For the `webhook` platform the answer carries the signing secret (Standard Webhooks) once. A platform without ' +
    'config, or one that is not connected yet, is a warning here and refused at activation.',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    description: z.string().max(2000).optional(),
    segmentIds: z.array(z.string().min(1).max(200)).min(1).max(50),
    platforms: z.array(PlatformName).min(1),
    config: AudienceConfig.default({}),
  }),
  response: Audience.extend({
    signingSecret: z.string().optional(),
    warnings: z.array(Warning).optional(),
  }),
  problems: ['NOT_FOUND'],
  examples: [
    {
      summary: 'Visitors to be sent to ad platforms',
      body: {
        name: 'Facebook Retargeting Audience',
        description: 'High-intent visitors for retargeting',
        segmentIds: ['segment-123'],
        platforms: ['facebook', 'google'],
        config: { facebook: { customAudienceId: '12345678', adAccountId: 'act_123456' } },
      },
    },
    {
      summary: 'High-value customers to a webhook',
      body: {
        name: 'High-value customers',
        segmentIds: ['segment-123'],
        platforms: ['webhook'],
        config: { webhook: { url: 'https://example.com/hooks/audience' } },
      },
    },
  ],
});

export const listAudiences = route({
  id: 'listAudiences',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences',
  scope: 'read',
  status: 200,
  summary: 'List audiences with the state of their syncs',
  query: Paging,
  response: pageOf(Audience),
});

export const activateAudience = route({
  id: 'activateAudience',
  capability: 'audiences',
  method: 'POST',
  path: '/audiences/{id}/activate',
  scope: 'write',
  status: 202,
  summary: 'Send an audience to a platform and keep it current',
  description:
    '`add` and `replace` bring the platform to the audience’s present members who may be sent, and keep it there; ' +
    '`remove` takes everybody out who was sent. Nobody without the required consent is ever sent.',
  params: IdParams,
  body: z.strictObject({
    platform: PlatformName,
    operation: z.enum(['add', 'remove', 'replace']).default('add'),
    dryRun: z.boolean().default(false),
  }),
  response: z.object({
    /** Absent for a dry run. */
    syncId: z.string().optional(),
    planned: z.object({
      add: z.number().int(),
      remove: z.number().int(),
      skipped: z.object({ consent: z.number().int(), suppressed: z.number().int(), noIdentifier: z.number().int() }),
    }),
  }),
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'Add', body: { platform: 'webhook', operation: 'add' } }],
});
