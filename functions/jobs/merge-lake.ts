import { cleanHot } from '../../core/flows/clean-hot.ts';
import { mergeLake } from '../../core/flows/merge-lake.ts';
import { job } from '../kit/job.ts';
import { count, log } from '../kit/log.ts';

export const handler = job(async services => {
  const { objects, rows, unreadable } = await mergeLake(services);
  const removed = await cleanHot(services);
  log.info('hot objects merged', { objects, rows, removed });
  count({ LakeObjectsUnreadable: unreadable.length });
  if (unreadable.length > 0) log.error('objects of the lake could not be read', { unreadable });
});
