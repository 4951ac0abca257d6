import * as z from 'zod';
import { Identifier } from '../model/identifier.ts';
import { ConsentPatch, consentChannels } from '../model/profile.ts';
import { Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Text = (max: number) => z.string().trim().min(1).max(max);
const CustomPurpose = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'has 1–40 letters, digits or _ -');
const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const consentStates = ['granted', 'denied', 'withdrawn', 'pending', 'expired', 'unknown'] as const;

const Evidence = {
  source: z.string().optional(),
  at: z.iso.datetime().optional(),
  textVersion: z.string().optional(),
  textHash: z.string().optional(),
  purpose: z.string().optional(),
  jurisdiction: z.string().optional(),
  expiresAt: z.iso.datetime().optional(),
  proof: z.object({ formId: z.string().optional(), ipHash: z.string().optional() }).optional(),
};

/** How somebody stands to one purpose: `unknown` is no yes. */
const Standing = z.object({ state: z.enum(consentStates), ...Evidence });

const channelStandings = Object.fromEntries(consentChannels.map(channel => [channel, Standing])) as Record<
  (typeof consentChannels)[number],
  typeof Standing
>;

export const ConsentRecord = z
  .object({
    ...ConsentPatch.shape,
    /** Absent where a browser speaks for itself. */
    profileId: z.string().optional(),
    updatedAt: z.iso.datetime().optional(),
    channels: z.object(channelStandings),
    /** Purposes of one's own. */
    purposes: z.record(z.string(), Standing),
  })
  .meta({ id: 'Consent' });

const Who = {
  profileId: Text(200).optional(),
  /** Any identifier; somebody who is not known yet is from now on. */
  identifier: Identifier.optional(),
};

const NewConsent = z.strictObject({
  ...Who,
  ...ConsentPatch.shape,
  purposes: z.record(CustomPurpose, z.boolean()).optional(),
  /** What for, in your words. */
  purpose: Text(200).optional(),
  /** Who says so. */
  source: Text(100).default('api'),
  textVersion: Text(100).optional(),
  textHash: Text(200).optional(),
  jurisdiction: Text(40).optional(),
  expiresAt: Moment.optional(),
  /** `ip` is kept as a keyed hash alone. */
  proof: z.strictObject({ formId: Text(200).optional(), ip: Text(64).optional() }).optional(),
  /** What is granted waits until who has the token confirms it. */
  doubleOptIn: z.boolean().default(false),
});
export type NewConsent = z.output<typeof NewConsent>;

const ConsentParams = z.strictObject({ profileId: z.string().min(1).max(200) });

export const setConsent = route({
  id: 'setConsent',
  capability: 'consent',
  method: 'POST',
  path: '/consent',
  scope: 'ingest',
  audited: true,
  status: 200,
  summary: 'Record what somebody consents to',
  description:
    'Each call is a version of the ledger, with its proof. Who is meant is a profile or any identifier. A write key speaks ' +
    'for one browser, by its `anonymousId`, and only for `tracking`, `cookies`, `saleSharing` and `profiling`. With ' +
    '`doubleOptIn` what is granted waits: `consent.confirmation_requested` tells your webhooks the token for the link, ' +
    'which is good once, for 7 days.',
  body: NewConsent,
  response: ConsentRecord,
  problems: ['NOT_FOUND', 'CONFLICT', 'UNAVAILABLE'],
  examples: [
    {
      summary: 'Four channels',
      body: { profileId: 'profile-abc123', email: true, sms: false, tracking: true, cookies: true },
    },
    {
      summary: 'To be confirmed',
      body: {
        identifier: { type: 'email', value: 'jane@example.com' },
        email: true,
        doubleOptIn: true,
        source: 'newsletter form',
        textVersion: '2026-01',
        proof: { formId: 'footer', ip: '203.0.113.7' },
      },
    },
  ],
});

export const confirmConsent = route({
  id: 'confirmConsent',
  capability: 'consent',
  method: 'POST',
  path: '/consent/confirm',
  scope: 'public',
  audited: true,
  status: 200,
  summary: 'Confirm a consent that waits',
  description: 'By the token of its link alone; it is good once, for 7 days.',
  body: z.strictObject({ token: Text(2000) }),
  response: z.object({ confirmed: z.array(z.string()) }),
  problems: ['CONFLICT', 'NOT_FOUND'],
  examples: [{ summary: 'The token of a link', body: { token: 'eyJwcm9maWxlSWQiOiJwcm9maWxlLTEifQ.c2VhbA' } }],
});

export const summarizeConsent = route({
  id: 'summarizeConsent',
  capability: 'consent',
  method: 'GET',
  path: '/consent/summary',
  scope: 'read',
  status: 200,
  summary: 'Tell how many people consent to what',
  description: 'By channel, by country, and by the month in which they last said something; as of the last snapshot.',
  response: z.object({
    profiles: z.number().int(),
    channels: z.array(
      z.object({
        channel: z.enum(consentChannels),
        granted: z.number().int(),
        refused: z.number().int(),
        unknown: z.number().int(),
        /** Of all people, in percent. */
        rate: z.number(),
      }),
    ),
    countries: z.array(
      z.object({ country: z.string(), profiles: z.number().int(), email: z.number(), sms: z.number() }),
    ),
    trend: z.array(z.object({ month: z.string(), profiles: z.number().int(), email: z.number().int() })),
  }),
  problems: ['UNAVAILABLE'],
});

export const listAllowed = route({
  id: 'listAllowed',
  capability: 'consent',
  method: 'GET',
  path: '/consent/allowed',
  scope: 'read',
  audited: true,
  status: 200,
  summary: 'List the profiles that may be reached by a channel',
  description:
    'As they are now: granted, not expired, and not to be left alone. A page may be short of its limit although there is ' +
    'a next one.',
  query: z.strictObject({
    permission: z.enum(consentChannels),
    limit: Paging.shape.limit,
    cursor: Paging.shape.cursor,
  }),
  response: pageOf(z.object({ profileId: z.string() })).omit({ total: true, offset: true }),
});

export const getConsent = route({
  id: 'getConsent',
  capability: 'consent',
  method: 'GET',
  path: '/consent/{profileId}',
  scope: 'read',
  audited: true,
  status: 200,
  summary: 'Read what somebody consents to',
  params: ConsentParams,
  response: ConsentRecord,
  problems: ['NOT_FOUND'],
});

export const listConsentHistory = route({
  id: 'listConsentHistory',
  capability: 'consent',
  method: 'GET',
  path: '/consent/{profileId}/history',
  scope: 'read',
  audited: true,
  status: 200,
  summary: 'List every version of somebody’s consents, oldest first',
  params: ConsentParams,
  response: z.object({
    items: z.array(
      z.object({
        ...Evidence,
        at: z.iso.datetime(),
        changes: z.record(z.string(), z.enum(['granted', 'denied', 'pending'])),
      }),
    ),
  }),
  problems: ['NOT_FOUND'],
});

const OptOut = z
  .object({
    profileId: z.string(),
    optedOut: z.boolean(),
    at: z.iso.datetime().optional(),
    source: z.enum(['gpc', 'form', 'agent', 'other']).optional(),
  })
  .meta({ id: 'OptOut' });

export const optOut = route({
  id: 'optOut',
  capability: 'ccpa',
  method: 'POST',
  path: '/ccpa/opt-out',
  scope: 'write',
  status: 200,
  summary: 'Record that somebody objects to sale and sharing',
  body: z.strictObject({ ...Who, source: z.enum(['gpc', 'form', 'agent']).default('form') }),
  response: OptOut,
  problems: ['NOT_FOUND', 'CONFLICT'],
  examples: [{ summary: 'By a form', body: { profileId: 'profile-abc123', source: 'form' } }],
});

export const getOptOut = route({
  id: 'getOptOut',
  capability: 'ccpa',
  method: 'GET',
  path: '/ccpa/opt-out/{profileId}',
  scope: 'read',
  audited: true,
  status: 200,
  summary: 'Tell whether somebody objects to sale and sharing',
  params: ConsentParams,
  response: OptOut,
  problems: ['NOT_FOUND'],
});
