import type { Sending } from './held-by.ts';
import type { Failure } from './retry-schedule.ts';

interface Failing extends Sending {
  failure?: Failure | undefined;
}

interface Telling {
  operation: 'add' | 'remove';
  digest?: string | undefined;
  /** A sync that has not failed with it yet asks for it. */
  asked: boolean;
}

/**
 * Whether a destination is told now: `anew`, with all tries before it, or `again` after a failure. What has failed waits
 * for its time, unless somebody asks for it or there is the contrary to tell; what is not tried any more, for a change.
 */
export const whyTell = (
  record: Failing | undefined,
  { operation, digest, asked }: Telling,
  now: number,
): 'anew' | 'again' | undefined => {
  if (!record?.failure || asked || record.operation !== operation) return 'anew';
  const { nextAt } = record.failure;
  if (nextAt !== undefined) return nextAt <= now ? 'again' : undefined;
  return record.digest === digest ? undefined : 'anew';
};
