import { updateSegment } from '../../../core/contract/segments.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { updateSegment as update } from '../../../core/flows/update-segment.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateSegment, async ({ params: { id }, body: patch, headers, caller }, services) => {
  const segment = await update({ id, patch, ifMatch: headers['if-match'], actor: caller.id }, services);
  return new Answer(segment, { headers: { etag: documentTag(segment) } });
});
