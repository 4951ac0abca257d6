import { answeredPage } from '../../../core/contract/paging.ts';
import { listProfileSessions } from '../../../core/contract/sessions.ts';
import { profileSessions } from '../../../core/flows/list-sessions.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listProfileSessions, async ({ params, query }, { profiles, settings }) => {
  const { accountCurrency, reportingTimezone } = settings;
  const asked = { ...query, ...instantRange(query, reportingTimezone) };
  return answeredPage({ limit: query.limit }, await profileSessions(params.id, asked, { profiles, accountCurrency }));
});
