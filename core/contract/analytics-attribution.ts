import * as z from 'zod';
import { attributionModels } from '../model/attribution-model.ts';
import { touchNames } from '../model/lake-version.ts';
import { answeredRange, Currency, dates, EventName, Handle, SegmentFilter } from './analytics-parts.ts';
import { route } from './route.ts';

const ChannelCredit = z
  .object({
    channel: z.string(),
    /** Conversions, to a millionth. */
    credit: z.number(),
    /** Of all that is attributed; those of all channels come to exactly 1. */
    share: z.number(),
    revenue: z.number(),
    /** With a conversion that the channel has some credit for. */
    people: z.number().int(),
    handle: Handle,
  })
  .meta({ id: 'ChannelCredit' });

const Conversions = z.object({
  conversions: z.number().int(),
  revenue: z.number(),
  people: z.number().int(),
  handle: Handle,
});

export const AttributionQuery = z.strictObject({
  model: z.enum(attributionModels).default('last_touch'),
  ...dates,
  conversionEvent: EventName.default('purchase'),
  lookbackDays: z.coerce.number().int().min(1).max(180).default(30),
  /** Of `time_decay`: after so many days a touch weighs half. */
  halfLifeDays: z.coerce.number().min(0.01).max(180).default(7),
  groupBy: z.enum(touchNames).default('channel'),
  currency: Currency.optional(),
  segmentId: SegmentFilter.optional(),
});

export const getAttribution = route({
  id: 'getAttribution',
  capability: 'analytics',
  method: 'GET',
  path: '/analytics/attribution',
  scope: 'read',
  status: 200,
  summary: 'Divide conversions among what brought people here',
  description:
    'A touch is a visit with a channel. `channels` is what `model` says; `models` what each of them does. Credit and money ' +
    'are divided without a rest.',
  query: AttributionQuery,
  response: z.object({
    model: z.enum(attributionModels),
    groupBy: z.enum(touchNames),
    conversionEvent: z.string(),
    lookbackDays: z.number().int(),
    halfLifeDays: z.number(),
    currency: z.string(),
    ...answeredRange,
    segmentId: z.string().optional(),
    total: Conversions,
    channels: z.array(ChannelCredit),
    /** Nothing brought these people here within the look-back. */
    unattributed: Conversions,
    /** Conversions whose amount is in another currency: they count, and bring nothing. */
    otherCurrency: z.number().int(),
    models: z.record(z.string(), z.array(ChannelCredit)),
  }),
  later: true,
  problems: ['VALIDATION_FAILED'],
  audited: false,
});
