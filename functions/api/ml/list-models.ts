import { listModels } from '../../../core/contract/predictions.ts';
import { listModels as list } from '../../../core/flows/list-models.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listModels, ({ query }, services) => list(query.name, services));
