import * as z from 'zod';
import { channels } from '../model/channel.ts';
import { classed } from '../model/field-class.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const behavioural = <Schema extends z.ZodType>(schema: Schema): Schema => classed('behavioural', schema);

const Campaign = z.object({
  source: z.string().optional(),
  medium: z.string().optional(),
  name: z.string().optional(),
  term: z.string().optional(),
  content: z.string().optional(),
});

/** What one person did in one go on one device. */
export const Session = z
  .object({
    id: z.string(),
    profileId: z.string(),
    /** Sessions of one person that overlap are one visit, whatever their devices. */
    visitId: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    durationSeconds: z.number().int(),
    eventCount: z.number().int(),
    pageViews: z.number().int(),
    entryPage: behavioural(z.string()).optional(),
    exitPage: behavioural(z.string()).optional(),
    /** One event, and nothing after it. */
    bounced: z.boolean(),
    /** Something was bought. */
    converted: z.boolean(),
    purchases: z.number().int(),
    /** Of its orders, by currency. An order that several events name counts in one session only. */
    revenue: behavioural(z.record(z.string(), z.number())),
    channel: z.enum(channels),
    campaign: behavioural(Campaign).optional(),
    /** The page that led here, without its query. */
    referrer: behavioural(z.string()).optional(),
    /** As its events say: `web`, `ios` … */
    source: z.string().optional(),
    device: classed('identifier', z.string()).optional(),
    /** As the client names it. */
    clientSessionId: z.string().optional(),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof Session>;

const SessionDetail = Session.extend({
  /** How many events there are of each type. */
  types: behavioural(z.record(z.string(), z.number().int())),
  /** How often each page was seen, the first seen first; at most 100 of them. */
  pages: behavioural(z.array(z.object({ page: z.string(), views: z.number().int() }))),
  visit: z.object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    sessionIds: z.array(z.string()),
    devices: classed('identifier', z.array(z.string())),
  }),
}).meta({ id: 'SessionDetail' });

const SessionQuery = z.strictObject({
  /** By the time at which the session began, as `endDate`. */
  startDate: Moment.optional(),
  endDate: Moment.optional(),
  source: z.string().min(1).max(256).optional(),
  channel: z.enum(channels).optional(),
  limit: Paging.shape.limit,
  cursor: Paging.shape.cursor,
});

const sessionPage = pageOf(Session).omit({ total: true, offset: true });

export const listProfileSessions = route({
  id: 'listProfileSessions',
  capability: 'profiles',
  method: 'GET',
  path: '/profiles/{id}/sessions',
  scope: 'read',
  status: 200,
  summary: 'List a profile’s sessions, newest first',
  description:
    'Made from events at the moment of asking, so that one that comes late is in its session at once. More than 30 ' +
    'minutes without an event end a session, and so do 24 hours. A page may be short of its limit although there is a ' +
    'next one.',
  params: IdParams,
  query: SessionQuery,
  response: sessionPage,
  later: true,
  problems: ['NOT_FOUND'],
});

export const listSessions = route({
  id: 'listSessions',
  capability: 'sessions',
  method: 'GET',
  path: '/sessions',
  scope: 'read',
  status: 200,
  summary: 'List sessions, newest first',
  description:
    'Of one profile with `profileId`; of everybody without it, from the lake, as of the time in `meta.asOf`. A page may ' +
    'be short of its limit although there is a next one.',
  query: SessionQuery.extend({ profileId: z.string().min(1).max(200).optional() }),
  response: sessionPage,
  later: true,
  problems: ['NOT_FOUND'],
});

export const getSession = route({
  id: 'getSession',
  capability: 'sessions',
  method: 'GET',
  path: '/sessions/{id}',
  scope: 'read',
  status: 200,
  summary: 'Read a session: duration, pages, conversion, attribution, devices',
  description:
    'An id that was told once goes on naming the session which holds that part of it, whatever came late: its `id` may ' +
    'then be another. Known within seconds after its first event.',
  params: IdParams,
  response: SessionDetail,
  later: true,
  problems: ['NOT_FOUND'],
});
