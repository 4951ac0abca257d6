import { answeredPage } from '../../../core/contract/paging.ts';
import { listProfiles } from '../../../core/contract/profiles.ts';
import { listProfiles as list } from '../../../core/flows/list-profiles.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listProfiles, async ({ query }, services) =>
  answeredPage(query, await list({ ...query, oldestFirst: query.sort === 'createdAt' }, services)),
);
