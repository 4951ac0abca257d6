import { closeSyncs } from '../../core/flows/close-syncs.ts';
import { fireFlipTimers } from '../../core/flows/fire-flip-timers.ts';
import { refreshSegments } from '../../core/flows/refresh-segments.ts';
import { restartStalled } from '../../core/flows/restart-stalled.ts';
import { retryDeliveries } from '../../core/flows/retry-deliveries.ts';
import { retryWebhooks } from '../../core/flows/retry-webhooks.ts';
import { startUploaded } from '../../core/flows/start-uploaded.ts';
import { followDefinitions } from '../../core/flows/update-segment.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const stalled = await restartStalled(services);
  if (stalled > 0) log.warn('stalled jobs begun again', { stalled });
  const retried = await retryDeliveries(services);
  if (retried > 0) log.info('failed deliveries handed to their queue', { retried });
  const untold = await retryWebhooks(services);
  if (untold > 0) log.info('messages to webhooks handed to their queue again', { untold });
  const begun = await startUploaded(services);
  if (begun > 0) log.info('imports begun whose files are there', { begun });
  await closeSyncs(services);
  const fired = await fireFlipTimers(services);
  if (fired > 0) log.info('profiles handed over for whom time changes something', { fired });
  const followed = await followDefinitions(services);
  if (followed > 0) log.info('segments redefined after what they name', { followed });
  const refreshed = await refreshSegments(services);
  if (refreshed > 0) log.info('segments evaluated again in their turn', { refreshed });
});
