import { listActions } from '../../../core/contract/predictions.ts';
import { listActions as list } from '../../../core/flows/best-actions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listActions, async (_request, services) => ({ items: await list(services) }));
