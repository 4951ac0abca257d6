import { answeredPage } from '../../../core/contract/paging.ts';
import { listQuarantine } from '../../../core/contract/quarantine.ts';
import { listQuarantined } from '../../../core/flows/list-quarantined.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listQuarantine, async ({ query }, services) => {
  const range = instantRange(query, services.settings.reportingTimezone);
  return answeredPage({ limit: query.limit }, await listQuarantined({ ...query, ...range }, services));
});
