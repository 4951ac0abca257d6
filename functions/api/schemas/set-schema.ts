import { setSchema } from '../../../core/contract/schemas.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { shownSchema } from '../../../core/flows/list-schemas.ts';
import { setSchema as set } from '../../../core/flows/set-schema.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(setSchema, async ({ params: { eventType }, body, headers }, services) => {
  const stored = await set({ eventType, body, ifMatch: headers['if-match'] }, services);
  const shown = shownSchema(stored, await services.planViolations.get(eventType));
  return new Answer(shown, { headers: { etag: documentTag(stored) } });
});
