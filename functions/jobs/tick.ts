import { closeSyncs } from '../../core/flows/close-syncs.ts';
import { restartStalled } from '../../core/flows/restart-stalled.ts';
import { retryDeliveries } from '../../core/flows/retry-deliveries.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const stalled = await restartStalled(services);
  if (stalled > 0) log.warn('stalled jobs begun again', { stalled });
  const retried = await retryDeliveries(services);
  if (retried > 0) log.info('failed deliveries handed to their queue', { retried });
  await closeSyncs(services);
});
