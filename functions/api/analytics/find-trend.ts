import { findTrend } from '../../../core/contract/series.ts';
import { findTrend as find } from '../../../core/flows/event-series.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(findTrend, ({ body }, services) => find(body, services));
