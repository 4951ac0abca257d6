import { answeredPage } from '../../../core/contract/paging.ts';
import { getHistory } from '../../../core/contract/profile-record.ts';
import { profileHistory } from '../../../core/flows/profile-history.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getHistory, async ({ params, query, caller }, services) =>
  answeredPage({ limit: query.limit }, await profileHistory(params.id, query, caller.fieldPolicy, services)),
);
