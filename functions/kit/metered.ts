import { meterIntake, type Taken } from '../../core/flows/meter-intake.ts';
import type { Caller } from '../../core/model/caller.ts';
import { log } from './log.ts';
import type { Services } from './services.ts';

/** Counts what a request has brought. While the counts cannot be told they wait: events are taken all the same. */
export const metered = async (caller: Caller, taken: Taken, services: Services): Promise<void> => {
  try {
    await meterIntake(caller, taken, services);
  } catch (fault) {
    log.warn('counts could not be told', { caller: caller.id, error: fault instanceof Error ? fault.name : 'unknown' });
  }
};
