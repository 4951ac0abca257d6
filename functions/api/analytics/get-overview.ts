import { getOverview } from '../../../core/contract/analytics.ts';
import { analyticsOverview } from '../../../core/flows/analytics-overview.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getOverview, async ({ query }, services) => {
  const clock = { now: services.now().getTime(), timeZone: services.settings.reportingTimezone };
  const { overview, asOf } = await analyticsOverview(query, clock, services);
  return new Answer(overview, { meta: { asOf: new Date(asOf).toISOString() } });
});
