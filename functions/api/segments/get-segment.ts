import { getSegment } from '../../../core/contract/segments.ts';
import { notFound } from '../../../core/errors.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSegment, async ({ params }, { segments }) => {
  const segment = await segments.get(params.id);
  if (!segment) throw notFound('Segment', params.id);
  return new Answer(segment, { headers: { etag: documentTag(segment) } });
});
