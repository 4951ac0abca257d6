import { rewriteSnapshot } from '../../core/flows/rewrite-snapshot.ts';
import { job } from '../kit/job.ts';
import { count, log } from '../kit/log.ts';

export const handler = job(async services => {
  const { version, base, delta, unreadable } = await rewriteSnapshot(services);
  log.info('snapshot of profiles', { version, profiles: base?.rows ?? 0, changed: delta?.rows ?? 0 });
  count({ LakeObjectsUnreadable: unreadable.length });
  if (unreadable.length > 0) log.error('parts of the snapshot could not be read', { unreadable });
});
