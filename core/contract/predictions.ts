import * as z from 'zod';
import { classed } from '../model/field-class.ts';
import { consentChannels } from '../model/profile.ts';
import { actionDrivers } from '../model/stored-actions.ts';
import { modelNames, modelStatuses } from '../model/stored-model.ts';
import { IdParams } from './paging.ts';
import { route } from './route.ts';

const Score = classed('behavioural', z.number());
const ModelName = z.enum(modelNames);

const Factor = z.object({
  score: z.enum(['churnRisk', 'ltv12m']),
  /** What it is, in words. */
  factor: classed('behavioural', z.string()),
  effect: z.enum(['raises', 'lowers']),
});

export const getPredictions = route({
  id: 'getPredictions',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/predictions',
  scope: 'read',
  status: 200,
  summary: 'What is predicted of somebody, why, and by which models',
  description:
    '`churnRisk` and `purchasePropensity` run from 0 to 100, `ltv12m` is what purchases of the next twelve months are ' +
    'expected to bring, in the account currency. A score that nobody predicts is not there: `status` and `reason` say why. ' +
    'What was set by hand holds, and is named in `setByHand`.',
  params: IdParams,
  response: z.object({
    status: z.enum(['predicted', 'not_scored', 'no_profiling', 'disabled', ...modelStatuses]),
    reason: z.string().optional(),
    churnRisk: Score.optional(),
    ltv12m: Score.optional(),
    purchasePropensity: Score.optional(),
    engagementScore: Score,
    /** Days since the last purchase: the plain order that the churn score has to beat. */
    daysSincePurchase: Score.optional(),
    setByHand: z.array(z.string()),
    factors: z.array(Factor),
    modelVersion: z.string().optional(),
    computedAt: z.iso.datetime().optional(),
  }),
  problems: ['NOT_FOUND'],
});

const channelQuery = { channel: z.enum(consentChannels).optional() };

export const getSendTime = route({
  id: 'getSendTime',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/send-time',
  scope: 'read',
  status: 200,
  summary: 'When somebody is best reached, in their own time zone',
  description:
    'The hour of the week with the most of their activity of the last 90 days (of e-mail: opens and clicks where there ' +
    'are any), drawn towards everybody’s the less there is of it. `n` is how many events it goes by, `confidence` the ' +
    'weight of their own habits, 0 to 1.',
  params: IdParams,
  query: z.strictObject(channelQuery),
  response: z.object({
    hour: classed('behavioural', z.number().int()),
    weekday: classed(
      'behavioural',
      z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
    ),
    timezone: z.string(),
    /** `profile`: their own; `reporting`: theirs is not known. */
    timezoneFrom: z.enum(['profile', 'reporting']),
    confidence: z.number(),
    n: classed('behavioural', z.number().int()),
  }),
  problems: ['NOT_FOUND'],
});

export const getBestActions = route({
  id: 'getBestActions',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/next-best-action',
  scope: 'read',
  status: 200,
  summary: 'What to do next for somebody, best first',
  description:
    'By what an action is expected to bring: how likely it succeeds × what it is worth, less what it costs. Only by ' +
    'channels that they have agreed to, and only what brings more than it costs.',
  params: IdParams,
  query: z.strictObject({ ...channelQuery, limit: z.coerce.number().int().min(1).max(100).default(5) }),
  response: z.object({
    actions: z.array(
      z.object({
        action: z.string(),
        name: z.string(),
        channel: z.enum(consentChannels),
        /** Expected to bring, in the account currency. */
        score: classed('behavioural', z.number()),
        reason: classed('behavioural', z.string()),
      }),
    ),
    /** How many of the catalogue were left out, and why. */
    leftOut: z.object({ consent: z.int(), segment: z.int(), notPredicted: z.int(), notWorth: z.int() }),
  }),
  problems: ['NOT_FOUND'],
});

const Action = z.strictObject({
  action: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'has 1–60 small letters, digits, _ or -'),
  name: z.string().trim().min(1).max(200),
  channel: z.enum(consentChannels),
  value: z.number().min(0).max(1e9),
  cost: z.number().min(0).max(1e9).default(0),
  /** What tells how likely it succeeds. */
  driver: z.enum(actionDrivers),
  effect: z.number().gt(0).max(1).default(1),
  segmentId: z.string().min(1).max(200).optional(),
});

export const listActions = route({
  id: 'listActions',
  capability: 'ml',
  method: 'GET',
  path: '/actions',
  scope: 'read',
  status: 200,
  summary: 'List what may be done next for somebody',
  response: z.object({ items: z.array(Action) }),
});

export const replaceActions = route({
  id: 'replaceActions',
  capability: 'ml',
  method: 'PUT',
  path: '/actions',
  scope: 'write',
  status: 200,
  summary: 'Say what may be done next for somebody',
  description: 'Replaces the catalogue.',
  body: z.strictObject({
    items: z
      .array(Action)
      .max(200)
      .refine(items => new Set(items.map(({ action }) => action)).size === items.length, 'name each action once'),
  }),
  response: z.object({ items: z.array(Action) }),
  problems: ['CONFLICT', 'NOT_FOUND'],
  examples: [
    {
      summary: 'A voucher for who is about to leave, news for who is about to buy',
      body: {
        items: [
          {
            action: 'win-back',
            name: 'Voucher',
            channel: 'email',
            value: 30,
            cost: 5,
            driver: 'churnRisk',
            effect: 0.3,
          },
          {
            action: 'news',
            name: 'What is new',
            channel: 'email',
            value: 40,
            driver: 'purchasePropensity',
            effect: 0.1,
          },
        ],
      },
    },
  ],
});

const Model = z.object({
  id: z.string(),
  name: ModelName,
  number: z.number().int(),
  status: z.enum(modelStatuses),
  reason: z.string().optional(),
  /** Whether it is the one of its name that scores. */
  scores: z.boolean(),
  trainedAt: z.iso.datetime(),
  windowDays: z.number().int(),
  requirements: z.array(z.object({ name: z.string(), needed: z.number(), there: z.number(), met: z.boolean() })),
  /** Of the days after it was learnt: area under the curve, Brier score, calibration and lift by tenths, totals. */
  metrics: z.record(z.string(), z.json()).optional(),
});

export const listModels = route({
  id: 'listModels',
  capability: 'ml',
  method: 'GET',
  path: '/ml/models',
  scope: 'read',
  status: 200,
  summary: 'List what was learnt, how good it is, and what is missing',
  description: 'Newest first. `enabled` is the setting ENABLE_ML_PREDICTIONS.',
  query: z.strictObject({ name: ModelName.optional() }),
  response: z.object({ enabled: z.boolean(), items: z.array(Model) }),
});

export const trainModels = route({
  id: 'trainModels',
  capability: 'ml',
  method: 'POST',
  path: '/ml/train',
  scope: 'write',
  status: 202,
  summary: 'Learn a model anew, and score everybody by it',
  description:
    'It learns from everything up to yesterday and is held against the last `targetWindowDays`; it scores only where it ' +
    'was better than a plain order by recency. Happens every night by itself.',
  body: z.strictObject({ model: ModelName, targetWindowDays: z.int().min(7).max(365).optional() }),
  response: z.object({ jobId: z.string() }),
  problems: ['CONFLICT'],
  examples: [{ summary: 'Who will not come back', body: { model: 'churn', targetWindowDays: 90 } }],
});

export const scoreProfiles = route({
  id: 'scoreProfiles',
  capability: 'ml',
  method: 'POST',
  path: '/ml/score',
  scope: 'write',
  status: 202,
  summary: 'Score everybody, or a segment, by the models that are ready',
  description: '`model`: only where this one is ready; every model that is ready scores.',
  body: z.strictObject({ model: ModelName.optional(), segmentId: z.string().min(1).max(200).optional() }),
  response: z.object({ jobId: z.string() }),
  problems: ['CONFLICT', 'NOT_FOUND'],
  examples: [{ summary: 'Everybody', body: {} }],
});
