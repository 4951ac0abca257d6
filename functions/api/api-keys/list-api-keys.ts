import { listApiKeys } from '../../../core/contract/api-keys.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { shownApiKey } from '../../../core/flows/shown-api-key.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listApiKeys, async ({ query }, { apiKeys }) => {
  const { items, ...page } = await apiKeys.page(query);
  return answeredPage(query, { ...page, items: items.map(shownApiKey) });
});
