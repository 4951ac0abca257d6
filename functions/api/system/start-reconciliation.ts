import { startReconciliation } from '../../../core/contract/system.ts';
import { startReconciliation as start } from '../../../core/flows/start-reconciliation.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(startReconciliation, async ({ body }, services) => {
  const { id } = await start(body.repair, services);
  return { jobId: id };
});
