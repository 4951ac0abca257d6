import { getEventNames } from '../../../core/contract/sdk/event-names.ts';
import { listEventNames } from '../../../core/flows/event-names.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getEventNames, async (_request, { eventNames }) => ({
  items: await listEventNames(eventNames),
}));
