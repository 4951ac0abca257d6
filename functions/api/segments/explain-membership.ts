import { explainMembership } from '../../../core/contract/segment-insight.ts';
import { explainMembership as explain } from '../../../core/flows/explain-membership.ts';
import { observedAsSeen } from '../../../core/flows/observed-as-seen.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(explainMembership, async ({ params: { id, profileId }, caller }, services) => {
  const explained = await explain(id, profileId, services);
  const tree = observedAsSeen(explained.tree, caller.fieldPolicy);
  return JSON.parse(JSON.stringify({ ...explained, tree }));
});
