import { restoreSegment } from '../../../core/contract/segment-versions.ts';
import { documentTag } from '../../../core/flows/if-match.ts';
import { restoreVersion } from '../../../core/flows/segment-versions.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(restoreSegment, async ({ params: { id, version }, headers, caller }, services) => {
  const asked = { segmentId: id, version, actor: caller.id, ifMatch: headers['if-match'] };
  const segment = await restoreVersion(asked, services);
  return new Answer(segment, { headers: { etag: documentTag(segment) } });
});
