import { createSegment } from '../../../core/contract/segments.ts';
import { createSegment as create } from '../../../core/flows/create-segment.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createSegment, ({ body, caller }, services) => create(body, services, caller.id));
