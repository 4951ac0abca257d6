import { listProfileSegments } from '../../../core/contract/segment-insight.ts';
import { profileSegments } from '../../../core/flows/profile-segments.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listProfileSegments, ({ params, query }, services) =>
  profileSegments(params.id, query.asOf, services),
);
