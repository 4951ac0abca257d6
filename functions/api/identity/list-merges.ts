import { listMerges } from '../../../core/contract/merges.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { shownMerge } from '../../../core/flows/show-merges.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listMerges, async ({ query }, { merges }) => {
  const { items, ...rest } = await merges.page(query);
  return answeredPage({ limit: query.limit }, { ...rest, items: items.map(shownMerge) });
});
