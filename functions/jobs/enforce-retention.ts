import { enforceRetention } from '../../core/flows/enforce-retention.ts';
import { job } from '../kit/job.ts';
import { log } from '../kit/log.ts';

/** What is left of the function's time is for what was begun with last. */
const beginningSeconds = 600;

export const handler = job(async services => {
  const { events, profiles, complete } = await enforceRetention({ dryRun: false, seconds: beginningSeconds }, services);
  log.info('what was over is removed', { events: events.removed, profiles: profiles.removed, complete });
});
