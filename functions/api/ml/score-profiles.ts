import { scoreProfiles } from '../../../core/contract/predictions.ts';
import { askScoring } from '../../../core/flows/ask-model-jobs.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(scoreProfiles, async ({ body }, services) => {
  const { id } = await askScoring(body, services);
  return { jobId: id };
});
