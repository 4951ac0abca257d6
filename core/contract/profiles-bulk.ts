import * as z from 'zod';
import { BulkAction } from '../model/bulk-action.ts';
import { ProfileSearch } from '../model/profile-search.ts';
import { route } from './route.ts';

const [addTags, removeTags, setField, erase] = BulkAction.options;
const asked = {
  search: ProfileSearch,
  /** Tells how many would be changed, and changes nobody. */
  dryRun: z.boolean().default(false),
};

export const startBulk = route({
  id: 'startBulk',
  capability: 'profiles',
  method: 'POST',
  path: '/profiles/bulk',
  scope: 'write',
  status: 202,
  summary: 'Change everybody whom a search finds',
  description:
    'Tags are added or removed, a field is set (`null` clears it), or profiles are erased, which needs the scope ' +
    '`privacy`. Done in the background as of now: what is said since stays, and who comes since is left alone. ' +
    '`GET /jobs/{id}` counts who was found, changed, and could not be changed, with the first reasons.',
  body: z.discriminatedUnion('action', [
    z.strictObject({ ...asked, ...addTags.shape }),
    z.strictObject({ ...asked, ...removeTags.shape }),
    z.strictObject({ ...asked, ...setField.shape }),
    z.strictObject({ ...asked, ...erase.shape }),
  ]),
  response: z.object({ jobId: z.string() }),
  problems: ['NOT_FOUND', 'FORBIDDEN'],
  examples: [
    {
      summary: 'A tag for the best customers',
      body: { search: { minLtv: 1000, country: 'US' }, action: 'add_tags', tags: ['vip'], dryRun: true },
    },
  ],
});
