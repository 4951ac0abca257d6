import { answeredPage } from '../../../core/contract/paging.ts';
import { searchProfiles } from '../../../core/contract/profiles-search.ts';
import { searchProfiles as search } from '../../../core/flows/search-profiles.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(searchProfiles, async ({ body, caller }, services) => {
  const { sort, limit, offset, cursor, ...asked } = body;
  const page = { sort, limit, offset, cursor, fieldPolicy: caller.fieldPolicy };
  const { asOf, ...found } = await search(asked, page, services);
  return new Answer(answeredPage(body, found), { meta: { asOf: new Date(asOf).toISOString() } });
});
