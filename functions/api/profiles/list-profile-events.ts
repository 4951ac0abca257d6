import { answeredPage } from '../../../core/contract/paging.ts';
import { listProfileEvents } from '../../../core/contract/profiles.ts';
import { profileEvents } from '../../../core/flows/profile-events.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listProfileEvents, async ({ params, query }, services) => {
  const range = instantRange(query, services.settings.reportingTimezone);
  return answeredPage({ limit: query.limit }, await profileEvents(params.id, { ...query, ...range }, services));
});
