import { listAudienceMembers } from '../../../core/contract/audience-members.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { audienceMembers } from '../../../core/flows/audience-members.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listAudienceMembers, async ({ params, query }, services) =>
  answeredPage({ limit: query.limit }, await audienceMembers(params.id, query, services)),
);
