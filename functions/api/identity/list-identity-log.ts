import { listIdentityLog } from '../../../core/contract/matching.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listIdentityLog, async ({ query }, { identity }) => {
  const { items, next } = await identity.decisions(query);
  const shown = items.map(({ profileIds: [one, other], ...entry }) => ({
    ...entry,
    profileIds: [one, other] as [string, string],
  }));
  return answeredPage({ limit: query.limit }, { items: shown, ...(next === undefined ? {} : { nextCursor: next }) });
});
