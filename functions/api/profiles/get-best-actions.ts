import { getBestActions } from '../../../core/contract/predictions.ts';
import { bestActions } from '../../../core/flows/best-actions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getBestActions, ({ params, query }, services) =>
  bestActions(params.id, query, services),
);
