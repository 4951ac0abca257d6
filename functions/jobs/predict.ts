import { startNightly } from '../../core/flows/start-model-jobs.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  const jobId = await startNightly(services);
  if (jobId !== undefined) log.info('models are learnt anew', { jobId });
});
