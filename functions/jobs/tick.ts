import { restartStalled } from '../../core/flows/restart-stalled.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const stalled = await restartStalled(services);
  if (stalled > 0) log.warn('stalled jobs begun again', { stalled });
});
