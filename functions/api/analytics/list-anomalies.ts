import { listAnomalies } from '../../../core/contract/series.ts';
import { listAnomalies as find } from '../../../core/flows/event-series.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listAnomalies, ({ query }, services) => find(query, services));
