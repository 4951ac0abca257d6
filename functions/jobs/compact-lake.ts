import { cleanLake } from '../../core/flows/clean-lake.ts';
import { compactLake } from '../../core/flows/compact-lake.ts';
import { job } from '../kit/job.ts';
import { count, log } from '../kit/log.ts';

/** What is left of the function's time is for the last day that was begun with. */
const beginningSeconds = 480;

export const handler = job(async services => {
  const removed = await cleanLake(services);
  const { days, rows, unreadable } = await compactLake(services, beginningSeconds);
  log.info('lake compacted', { days, rows, removed });
  count({ LakeObjectsUnreadable: unreadable.length });
  if (unreadable.length > 0) log.error('objects of the lake could not be read', { unreadable });
});
