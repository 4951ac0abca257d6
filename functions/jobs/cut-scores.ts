import { cutScores } from '../../core/flows/cut-scores.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

export const handler = job(async services => {
  if (await cutScores(services)) log.info('scores of recency, frequency and monetary value have other cuts');
});
