import * as z from 'zod';
import { Profile } from '../model/profile.ts';
import { ProfileSearch, SearchSort } from '../model/profile-search.ts';
import { pageOf } from './paging.ts';
import { route } from './route.ts';

export const searchProfiles = route({
  id: 'searchProfiles',
  capability: 'profiles',
  method: 'POST',
  path: '/profiles/search',
  scope: 'read',
  status: 200,
  summary: 'Search profiles',
  description:
    'Everything that is named must hold; nothing named finds everybody. `total` is exact. What a request has changed is ' +
    'found as it is at once, what events have changed within seconds: `meta.asOf` tells the newest change that the ' +
    'answer knows. Sorted by a field, with a minus where the largest come first; `cursor` goes on where a page has ' +
    'ended, whatever came meanwhile. Fields that the caller may not see cannot be searched.',
  body: ProfileSearch.extend({
    sort: SearchSort.default('-createdAt'),
    limit: z.number().int().min(1).max(1000).default(50),
    offset: z.number().int().min(0).max(10_000).optional(),
    cursor: z.string().min(1).max(1000).optional(),
  }),
  response: pageOf(Profile),
  later: true,
  problems: ['NOT_FOUND', 'FORBIDDEN'],
  idempotency: 'derived',
  examples: [
    {
      summary: 'Who may be written to',
      body: {
        ...{ email: 'customer@', country: 'US', tags: ['vip'], minLtv: 1000, emailConsent: true },
        ...{ limit: 50, offset: 0 },
      },
    },
    {
      summary: 'By rules, the best customers first',
      body: {
        rules: { operator: 'AND', conditions: [{ field: 'computed.purchaseCount', operator: '>=', value: 3 }] },
        sort: '-ltv',
      },
    },
  ],
});
