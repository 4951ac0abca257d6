import { createExport } from '../../../core/contract/exports.ts';
import { startExport } from '../../../core/flows/start-export.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createExport, async ({ body, caller }, services) => {
  const { startDate, endDate, ...spec } = body;
  const range = spec.kind === 'events' ? instantRange(body, services.settings.reportingTimezone) : {};
  const { id } = await startExport({ ...spec, ...range, fieldPolicy: caller.fieldPolicy }, services);
  return { jobId: id };
});
