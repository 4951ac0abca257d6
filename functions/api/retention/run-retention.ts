import { runRetention } from '../../../core/contract/retention.ts';
import { enforceRetention } from '../../../core/flows/enforce-retention.ts';
import { endpoint } from '../../kit/endpoint.ts';

/** What is left of the function's time is for what was begun with last. */
const beginningSeconds = 15;

export const handler = endpoint(runRetention, async ({ body: { dryRun } }, services) => {
  const report = await enforceRetention({ dryRun, seconds: beginningSeconds }, services);
  return { dryRun, ...report };
});
