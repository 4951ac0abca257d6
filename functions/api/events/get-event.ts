import { getEvent } from '../../../core/contract/events-read.ts';
import { showEvent } from '../../../core/flows/show-event.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getEvent, ({ params }, services) => showEvent(params.id, services));
