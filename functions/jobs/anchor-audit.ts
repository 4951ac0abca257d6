import { anchorAudit } from '../../core/flows/anchor-audit.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const anchored = await anchorAudit(services);
  log.info('audit log anchored', { anchored });
});
