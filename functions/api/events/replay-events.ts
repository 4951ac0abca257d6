import { replayEvents } from '../../../core/contract/replay.ts';
import { startReplay } from '../../../core/flows/start-replay.ts';
import { instantRange } from '../../../core/model/calendar-day.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(replayEvents, async ({ body }, services) => {
  const { from, to, ...rest } = body;
  const range = instantRange({ startDate: from, endDate: to }, services.settings.reportingTimezone);
  const { id } = await startReplay({ ...rest, ...range }, services);
  return { jobId: id };
});
