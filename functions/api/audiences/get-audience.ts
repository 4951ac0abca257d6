import { getAudience } from '../../../core/contract/audiences.ts';
import { notFound } from '../../../core/errors.ts';
import { audienceReach } from '../../../core/flows/audience-reach.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getAudience, async ({ params }, services) => {
  const audience = await services.audiences.get(params.id);
  if (!audience) throw notFound('Audience', params.id);
  const reach = await audienceReach(audience, services);
  return new Answer({ ...audience, reach }, { headers: { etag: documentTag(audience) } });
});
