import { updateEventNames } from '../../../core/contract/sdk/event-names.ts';
import { replaceEventNames } from '../../../core/flows/event-names.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateEventNames, async ({ body }, { eventNames }) => ({
  items: await replaceEventNames(body.names, eventNames),
}));
