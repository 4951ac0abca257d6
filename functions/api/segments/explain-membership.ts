import { explainMembership } from '../../../core/contract/segment-insight.ts';
import { explainMembership as explain } from '../../../core/flows/explain-membership.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(explainMembership, async ({ params: { id, profileId } }, services) => {
  const explained = await explain(id, profileId, services);
  return JSON.parse(JSON.stringify(explained));
});
