import * as z from 'zod';
import { PlatformName } from './audience-platforms.ts';
import { IdParams, Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

export const listAudienceMembers = route({
  id: 'listAudienceMembers',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/members',
  scope: 'read',
  status: 200,
  summary: 'List who of an audience may be sent, after all gates',
  description:
    'Each person with the platforms to which they may be sent as of now; with `platform`, those of that one. `total` is ' +
    'told with the first page of audiences of up to 5,000 people; of larger ones the preflight tells it.',
  params: IdParams,
  query: Paging.omit({ offset: true }).extend({ platform: PlatformName.optional() }),
  response: pageOf(z.object({ profileId: z.string(), platforms: z.array(PlatformName) })),
  problems: ['NOT_FOUND'],
});

const Share = z.number().min(0).max(100);

export const compareAudiences = route({
  id: 'compareAudiences',
  capability: 'audiences',
  method: 'GET',
  path: '/audiences/{id}/overlap',
  scope: 'read',
  status: 200,
  summary: 'Tell how many people two audiences share',
  description: 'By who belongs to them, before consent and suppression; exact, as the list of members shows it.',
  params: IdParams,
  query: z.strictObject({ compareWith: z.string().min(1).max(200) }),
  response: z.object({
    a: z.object({ id: z.string(), size: z.number().int() }),
    b: z.object({ id: z.string(), size: z.number().int() }),
    intersection: z.number().int(),
    /** Of everybody who is in one of them; 0 to 1. */
    jaccard: z.number().min(0).max(1),
    /** In percent. */
    pctOfA: Share,
    pctOfB: Share,
  }),
  problems: ['NOT_FOUND'],
});
