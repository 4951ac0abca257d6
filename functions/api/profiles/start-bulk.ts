import { startBulk } from '../../../core/contract/profiles-bulk.ts';
import { startBulk as start } from '../../../core/flows/start-bulk.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(startBulk, async ({ body, caller }, services) => {
  const { search, dryRun, ...action } = body;
  const { id } = await start({ search, dryRun, action, caller }, services);
  return { jobId: id };
});
