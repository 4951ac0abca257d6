import { answeredPage } from '../../../core/contract/paging.ts';
import { listSegmentVersions } from '../../../core/contract/segment-versions.ts';
import { listVersions } from '../../../core/flows/segment-versions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSegmentVersions, async ({ params, query }, services) =>
  answeredPage(query, await listVersions(params.id, query, services)),
);
