import { learnIdentity } from '../../core/flows/learn-identity.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const learnt = await learnIdentity(services);
  if (learnt)
    log.info('what two people are judged by was learnt', { version: learnt.version, records: learnt.records });
});
