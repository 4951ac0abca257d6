import { discoverSegments } from '../../../core/contract/discovery.ts';
import { discoverSegments as discover } from '../../../core/flows/discover-segments.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(discoverSegments, ({ body }, services) => discover(body, services));
