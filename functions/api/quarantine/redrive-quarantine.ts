import { redriveQuarantine } from '../../../core/contract/quarantine.ts';
import { startRedrive } from '../../../core/flows/start-redrive.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(redriveQuarantine, async ({ body }, services) => {
  const { ids, filter = {}, patch, dryRun } = body;
  const selection = ids ? { ids } : { ...filter, ...instantRange(filter, services.settings.reportingTimezone) };
  const { id } = await startRedrive({ selection, patch, dryRun }, services);
  return { jobId: id };
});
