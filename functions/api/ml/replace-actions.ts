import { replaceActions } from '../../../core/contract/predictions.ts';
import { replaceActions as replace } from '../../../core/flows/best-actions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(replaceActions, async ({ body }, services) => ({
  items: await replace(body.items, services),
}));
