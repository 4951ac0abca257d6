import { forecastMetric } from '../../../core/contract/series.ts';
import { forecastMetric as find } from '../../../core/flows/event-series.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(forecastMetric, ({ body }, services) => find(body, services));
