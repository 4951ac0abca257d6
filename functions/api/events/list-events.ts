import { listEvents } from '../../../core/contract/events-read.ts';
import { answeredPage } from '../../../core/contract/paging.ts';
import { listEvents as findEvents } from '../../../core/flows/list-events.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

const budgetSeconds = 20;

export const handler = endpoint(listEvents, async ({ query }, services) => {
  const range = instantRange(query, services.settings.reportingTimezone);
  const { asOf, ...found } = await findEvents({ ...query, ...range, budgetSeconds }, services);
  const meta = asOf === undefined ? {} : { meta: { asOf: new Date(asOf).toISOString() } };
  return new Answer(answeredPage({ limit: query.limit }, found), meta);
});
