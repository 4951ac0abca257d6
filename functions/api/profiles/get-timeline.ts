import { answeredPage } from '../../../core/contract/paging.ts';
import { getTimeline } from '../../../core/contract/profiles.ts';
import { profileTimeline } from '../../../core/flows/profile-timeline.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getTimeline, async ({ params, query }, services) => {
  const range = instantRange(query, services.settings.reportingTimezone);
  const types = query.types?.split(',').map(type => type.trim());
  return answeredPage(
    { limit: query.limit },
    await profileTimeline(params.id, { ...query, ...range, types }, services),
  );
});
