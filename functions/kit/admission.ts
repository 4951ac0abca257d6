import { Problem } from '../../core/errors.ts';
import { type Admission, admitRequest } from '../../core/flows/admit-request.ts';
import type { Caller } from '../../core/model/caller.ts';
import { log } from './log.ts';
import type { Services } from './services.ts';

/** What every answer tells of the caller's limit, and why this request is not answered further. */
export interface Admitted {
  headers: Record<string, string>;
  problem?: Problem;
}

const headersOf = ({ limit, remaining, resetSeconds }: Admission): Record<string, string> => ({
  'ratelimit-limit': `${limit}`,
  'ratelimit-remaining': `${remaining}`,
  'ratelimit-reset': `${resetSeconds}`,
  'ratelimit-policy': `${limit};w=60`,
  'ratelimit-percentage-used': `${Math.round(100 * (1 - remaining / limit))}`,
});

const refusal = ({ limit, retryAfterSeconds }: Admission): Problem =>
  new Problem('RATE_LIMITED', `More than ${limit} requests a minute; try again in ${retryAfterSeconds} s`, [], {
    retryAfterSeconds: `${retryAfterSeconds}`,
  });

/**
 * Counts a request against the limit of its caller: the key's own, else the deployment's. While buckets cannot be
 * reached everybody may pass: events are taken although the table is away.
 */
export const admission = async (caller: Caller, services: Services): Promise<Admitted> => {
  const { rateLimitPerMinute = services.settings.rateLimitPerMinute, id } = caller;
  if (rateLimitPerMinute === null) return { headers: {} };
  try {
    const found = await admitRequest({ id, limit: rateLimitPerMinute }, services);
    if (found.admitted) return { headers: headersOf(found) };
    return { headers: headersOf(found), problem: refusal(found) };
  } catch (fault) {
    log.warn('a limit could not be looked up', { caller: id, error: fault instanceof Error ? fault.name : 'unknown' });
    return { headers: {} };
  }
};
