import { getPredictions } from '../../../core/contract/predictions.ts';
import { showPredictions } from '../../../core/flows/show-predictions.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getPredictions, ({ params }, services) => showPredictions(params.id, services));
