import { overlapSegments } from '../../../core/contract/segment-analysis.ts';
import { segmentOverlap } from '../../../core/flows/segment-overlap.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(overlapSegments, ({ body }, services) => segmentOverlap(body.segmentIds, services));
