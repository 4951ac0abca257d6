import { answeredPage } from '../../../core/contract/paging.ts';
import { listProfileSessions } from '../../../core/contract/sessions.ts';
import { profileSessions } from '../../../core/flows/list-sessions.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listProfileSessions, async ({ params, query }, services) => {
  const { accountCurrency, reportingTimezone } = services.settings;
  const asked = { ...query, ...instantRange(query, reportingTimezone) };
  return answeredPage(
    { limit: query.limit },
    await profileSessions(params.id, asked, { ...services, accountCurrency }),
  );
});
