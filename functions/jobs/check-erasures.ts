import { eraseAgain } from '../../core/flows/erase-again.ts';
import { job } from '../kit/job.ts';
import { count, log } from '../kit/log.ts';

export const handler = job(async services => {
  const erased = await eraseAgain(services);
  count({ ErasedAgain: erased });
  if (erased > 0) log.error('people who were erased were there again', { erased });
});
