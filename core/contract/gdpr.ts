import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import {
  Certificate,
  DestinationOutcome,
  PackageFile,
  regulations,
  requestStates,
  requestTypes,
  StoreCounts,
} from '../model/privacy-request.ts';
import { AttributesPatch, consentChannels, Profile } from '../model/profile.ts';
import { ConsentRecord, listConsentHistory } from './consent.ts';
import { TrackedEvent } from './events.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { listIdentities } from './profile-record.ts';
import { route } from './route.ts';
import { listProfileSegments } from './segment-insight.ts';
import { Session } from './sessions.ts';

const ProfileParams = z.strictObject({ profileId: z.string().min(1).max(200) });
const CallbackUrl = z.url().max(2048);

/** What is told of a request in the words of OpenDSR. */
const OpenDsr = {
  controller_id: z.string(),
  subject_request_id: z.string(),
  request_status: z.enum(requestStates),
  received_time: z.iso.datetime(),
  expected_completion_time: z.iso.datetime(),
  api_version: z.literal('2.0'),
  /** Where the rest is told. */
  results_url: z.string(),
};

const Receipt = z.object({
  certificate: Certificate,
  /** The certificate and its signature: a compact JWS, EdDSA. */
  signed: z.string(),
  /** Ed25519, base64url. */
  publicKey: z.string(),
});

const DownloadedFile = PackageFile.extend({
  /** Whoever has the address may read the file until `expiresAt`; asking again gives another one, for seven days. */
  url: classed('identifier', z.string()).optional(),
  expiresAt: z.iso.datetime().optional(),
});

export const PrivacyRequestView = z
  .object({
    ...OpenDsr,
    id: z.string(),
    type: z.enum(requestTypes),
    regulation: z.enum(regulations),
    status: z.enum(requestStates),
    /** What it is about to do. */
    stage: z.string().optional(),
    profileIds: z.array(z.string()),
    receivedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    overdue: z.boolean(),
    completedAt: z.iso.datetime().optional(),
    reason: z.string().optional(),
    /** When it came to each stage. */
    stages: z.record(z.string(), z.iso.datetime()),
    stores: z.record(z.string(), StoreCounts),
    destinations: z.array(DestinationOutcome),
    receipt: Receipt.optional(),
    /** Of whoever asks for their data: the files of the package, once they are there. */
    files: z.array(DownloadedFile).optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'PrivacyRequest' });
export type PrivacyRequestView = z.output<typeof PrivacyRequestView>;

const Identity = z.strictObject({
  identity_type: z
    .string()
    .max(60)
    .regex(/^(custom:)?[A-Za-z0-9_-]{1,40}$/, 'has 1–40 letters, digits or _ -'),
  identity_value: z.string().min(1).max(256),
  /** Hashes find nobody here: identities are kept as they are matched. */
  identity_format: z.literal('raw').default('raw'),
});

export const createRequest = route({
  id: 'createRequest',
  capability: 'gdpr',
  method: 'POST',
  path: '/gdpr/requests',
  scope: 'privacy',
  status: 201,
  summary: 'Take a request of a person',
  description:
    'In the words of OpenDSR 2.0. Erasure begins after a minute, until which it can be taken back. `anonymisation` erases ' +
    'whoever it was and goes on counting what they did; `rectification` needs `changes`; `objection` may name `channels`; ' +
    '`unsuppress` takes identifiers again that an erasure has barred. Callbacks are signed with Ed25519. Due after 30 ' +
    'days, under the CCPA after 45.',
  body: z.strictObject({
    regulation: z.enum(regulations).default('gdpr'),
    subject_request_id: z.string().trim().min(1).max(200),
    subject_request_type: z.enum(requestTypes),
    submitted_time: z.iso.datetime({ offset: true }).optional(),
    subject_identities: z.array(Identity).min(1).max(20),
    status_callback_urls: z.array(CallbackUrl).max(5).default([]),
    api_version: z.string().max(10).optional(),
    /** Of an erasure: nothing that names them is taken any more. */
    suppress: z.boolean().default(true),
    changes: AttributesPatch.optional(),
    channels: z.array(z.enum(consentChannels)).min(1).optional(),
    reason: z.string().trim().min(1).max(200).optional(),
  }),
  response: PrivacyRequestView,
  problems: ['CONFLICT'],
  examples: [
    {
      summary: 'To be forgotten',
      body: {
        regulation: 'gdpr',
        subject_request_id: 'a7551968-d5d6-44b2-9831-815ac9017798',
        subject_request_type: 'erasure',
        submitted_time: '2026-02-15T15:00:00Z',
        subject_identities: [{ identity_type: 'email', identity_value: 'johndoe@example.com', identity_format: 'raw' }],
        status_callback_urls: ['https://example.com/opendsr/callbacks'],
        api_version: '2.0',
      },
    },
  ],
});

export const listRequests = route({
  id: 'listRequests',
  capability: 'gdpr',
  method: 'GET',
  path: '/gdpr/requests',
  scope: 'privacy',
  status: 200,
  summary: 'List requests of people, newest first',
  query: Paging.extend({
    status: z.enum(requestStates).optional(),
    type: z.enum(requestTypes).optional(),
    overdue: z.stringbool().optional(),
  }),
  response: pageOf(PrivacyRequestView),
});

export const getRequest = route({
  id: 'getRequest',
  capability: 'gdpr',
  method: 'GET',
  path: '/gdpr/requests/{id}',
  scope: 'privacy',
  status: 200,
  summary: 'How far is a request, and what was done?',
  description:
    'Store by store what was held, removed and left, what destinations were told, and the signed receipt once everything ' +
    'was looked through again. It may be named by its own id or by `subject_request_id`.',
  params: IdParams,
  response: PrivacyRequestView,
  problems: ['NOT_FOUND'],
});

export const cancelRequest = route({
  id: 'cancelRequest',
  capability: 'gdpr',
  method: 'DELETE',
  path: '/gdpr/requests/{id}',
  scope: 'privacy',
  status: 200,
  summary: 'Take a request back that has not begun',
  params: IdParams,
  response: PrivacyRequestView,
  problems: ['NOT_FOUND', 'CONFLICT'],
});

const Section = z.object({ name: z.string(), rows: z.number().int(), sha256: z.string() });

/** Everything that is kept of somebody. */
const ProfilePackage = z
  .object({
    manifest: z.object({
      profileId: z.string(),
      generatedAt: z.iso.datetime(),
      complete: z.boolean(),
      sections: z.array(Section),
    }),
    profile: Profile,
    identifiers: listIdentities.response.shape.items,
    consent: ConsentRecord,
    consentHistory: listConsentHistory.response.shape.items,
    /** With the rules in words. */
    segments: listProfileSegments.response.shape.items,
    /** Which destinations were told of them. */
    disclosures: z.array(
      z.object({ audienceId: z.string(), platform: z.string(), at: z.iso.datetime(), holds: z.boolean() }),
    ),
    /** The last commits first. */
    events: z.array(TrackedEvent),
    sessions: z.array(Session),
  })
  .meta({ id: 'ProfilePackage' });
export type ProfilePackage = z.output<typeof ProfilePackage>;

export const exportProfileData = route({
  id: 'exportProfileData',
  capability: 'gdpr',
  method: 'POST',
  path: '/gdpr/export/{profileId}',
  scope: 'privacy',
  status: 200,
  later: true,
  summary: 'Give out everything that is kept of a person',
  description:
    'Up to 1,000 events at once, with what each section holds and its hash. Of more, with `async` or a `callbackUrl` ' +
    '(which is told when it is done, signed), it is written in files: 202 with a `jobId`, by which ' +
    '`GET /gdpr/requests/{id}` tells the files, their rows and hashes, and where they are for seven days.',
  params: ProfileParams,
  body: z.strictObject({
    async: z.boolean().optional(),
    callbackUrl: CallbackUrl.optional(),
    format: z.enum(['json']).default('json'),
  }),
  response: ProfilePackage,
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'At once', body: {} }],
});

export const eraseProfileData = route({
  id: 'eraseProfileData',
  capability: 'gdpr',
  method: 'POST',
  path: '/gdpr/delete/{profileId}',
  scope: 'privacy',
  status: 202,
  summary: 'Erase a person, with a certificate',
  description:
    'From the answer on nothing of them is told; everything that is kept is removed, destinations are told, every store ' +
    'is looked through again, and `GET /gdpr/requests/{requestId}` has the signed receipt. What names them is not taken ' +
    'any more, unless `suppress` is false. With `propagate` false the receipt does not wait for destinations.',
  params: ProfileParams,
  body: z.strictObject({
    suppress: z.boolean().default(true),
    propagate: z.boolean().default(true),
    reason: z.string().trim().min(1).max(200).optional(),
  }),
  response: z.object({ requestId: z.string(), status: z.enum(requestStates), receipt: PrivacyRequestView }),
  problems: ['NOT_FOUND'],
  examples: [{ summary: 'For good', body: {} }],
});
