import { showSegmentHistory } from '../../../core/contract/segment-analysis.ts';
import { segmentHistory } from '../../../core/flows/segment-history.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(showSegmentHistory, ({ params, query }, services) =>
  segmentHistory(params.id, query, services),
);
