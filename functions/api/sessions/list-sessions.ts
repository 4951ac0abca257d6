import { answeredPage } from '../../../core/contract/paging.ts';
import { listSessions } from '../../../core/contract/sessions.ts';
import { listSessions as find } from '../../../core/flows/list-sessions.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listSessions, async ({ query }, services) => {
  const { accountCurrency, reportingTimezone } = services.settings;
  const asked = { ...query, ...instantRange(query, reportingTimezone) };
  const { asOf, ...found } = await find(asked, { ...services, accountCurrency });
  const meta = asOf === undefined ? {} : { meta: { asOf: new Date(asOf).toISOString() } };
  return new Answer(answeredPage({ limit: query.limit }, found), meta);
});
