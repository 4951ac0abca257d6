import { updateAudience } from '../../../core/contract/audiences.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { updateAudience as update } from '../../../core/flows/update-audience.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateAudience, async ({ params: { id }, body: patch, headers }, services) => {
  const { egressAllow } = services.settings;
  const audience = await update({ id, patch, ifMatch: headers['if-match'], egressAllow }, services);
  return new Answer(audience, { headers: { etag: documentTag(audience) } });
});
