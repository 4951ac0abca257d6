import { trainModels } from '../../../core/contract/predictions.ts';
import { askTraining } from '../../../core/flows/ask-model-jobs.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(trainModels, async ({ body }, services) => {
  const { id } = await askTraining(body, services);
  return { jobId: id };
});
