import { emptyUntil, takeTokens, tokensIn, waitMs } from '../engines/access/token-bucket.ts';
import type { BucketStore } from '../ports/bucket-store.ts';

/** Tokens that this process took out of a caller's bucket and may give out by itself. Times in epoch ms. */
export interface Lease {
  left: number;
  given: number;
  since: number;
  until: number;
  /** How many are to be taken the next time. */
  wanted: number;
  /** When the bucket will be full, as of the last look. */
  fullAt: number;
  /** The bucket is known to hold too little until then. */
  refusedUntil: number;
  renewing: Promise<void> | undefined;
}
/** The leases of this process, by caller. */
export type Leases = Map<string, Lease>;

export interface Limited {
  id: string;
  /** Requests a minute, and at once after a minute of rest. */
  limit: number;
}

export interface Admission {
  admitted: boolean;
  limit: number;
  remaining: number;
  /** Until all of `limit` is there again. */
  resetSeconds: number;
  /** Until it is worth another try; 0 when admitted. */
  retryAfterSeconds: number;
}

interface AdmitTools {
  leases: Leases;
  buckets: BucketStore;
  now: () => Date;
}

/** A lease is for what a process will need in these few seconds; what it has not given out by then is lost. */
const leaseMs = 5_000;
const racesMax = 5;
const leasesMax = 10_000;

const leaseOf = (id: string, leases: Leases): Lease => {
  const known = leases.get(id);
  if (known) return known;
  if (leases.size >= leasesMax) leases.clear();
  const fresh = { left: 0, given: 0, since: 0, until: 0, wanted: 1, fullAt: 0, refusedUntil: 0, renewing: undefined };
  leases.set(id, fresh);
  return fresh;
};

/**
 * May this caller send a request now? Its bucket is shared by all processes; each takes as many tokens out of it as it
 * has needed lately, so that most requests cost nothing, and no more requests pass than the limit says.
 */
export const admitRequest = async (caller: Limited, tools: AdmitTools): Promise<Admission> => {
  const lease = leaseOf(caller.id, tools.leases);
  for (;;) {
    const at = tools.now().getTime();
    if (lease.left > 0 && at < lease.until) {
      lease.left -= 1;
      lease.given += 1;
      return told(true, caller, lease, at);
    }
    if (at < lease.refusedUntil) return told(false, caller, lease, at);
    lease.renewing ??= renew(caller, lease, tools).finally(() => {
      lease.renewing = undefined;
    });
    await lease.renewing;
  }
};

const told = (admitted: boolean, { limit }: Limited, lease: Lease, at: number): Admission => ({
  admitted,
  limit,
  remaining: admitted ? Math.min(limit, tokensIn(lease.fullAt, limit, at) + lease.left) : 0,
  resetSeconds: Math.max(0, Math.ceil((lease.fullAt - at) / 1000)),
  retryAfterSeconds: admitted ? 0 : Math.max(1, Math.ceil((lease.refusedUntil - at) / 1000)),
});

/** Twice as many when the last ones were gone early, else as many as were needed; never more than a tenth of all. */
const wantedNext = ({ since, until, left, given }: Lease, limit: number, at: number): number => {
  const goneEarly = left === 0 && since > 0 && at < until;
  return Math.max(1, Math.min(Math.ceil(limit / 10), goneEarly ? given * 2 : given));
};

const renew = async ({ id, limit }: Limited, lease: Lease, { buckets, now }: AdmitTools): Promise<void> => {
  const at = now().getTime();
  const wanted = wantedNext(lease, limit, at);
  let before: number | undefined;
  for (let race = 0; race < racesMax; race += 1) {
    before = await buckets.fullAt(id);
    const { tokens, milliseconds, fullAt } = takeTokens(before ?? 0, { size: limit, wanted, now: at });
    if (tokens === 0) return refuse(lease, before ?? 0, limit, at);
    if (await buckets.take(id, { before, milliseconds, now: at, latest: emptyUntil(at) })) {
      Object.assign(lease, { left: tokens, given: 0, since: at, until: at + leaseMs, wanted, fullAt });
      return;
    }
  }
  refuse(lease, before ?? 0, limit, at);
};

/** The next look is worth it when there is something for a while: one in a hundred of all. */
const refuse = (lease: Lease, fullAt: number, limit: number, at: number): void => {
  const pause = Math.max(1, waitMs(fullAt, limit, at, Math.ceil(limit / 100)));
  Object.assign(lease, { left: 0, fullAt, refusedUntil: at + pause });
};
