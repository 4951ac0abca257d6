import type { Audience } from '../contract/audiences.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import { type Rest, restAfter } from '../engines/activation/rest-after.ts';
import { nextFailure } from '../engines/activation/retry-schedule.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { PlatformPlace } from '../model/platform-config.ts';
import type { Collection } from '../ports/collection.ts';
import { DeliveryFailed, type DeliveryFault, type DeliveryOutcome, type Destinations } from '../ports/destination.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import type { SyncBatches } from '../ports/sync-batches.ts';
import { audiencePlace, placeText } from './audience-place.ts';
import { type Leased, rowsOf, settlePeople } from './lease-people.ts';
import { noteCall } from './note-call.ts';
import { endSync, noteProblem } from './note-problem.ts';
import type { Target } from './plan-people.ts';
import { type JobTools, noteFault } from './stored-job.ts';

/** Destinations that did not answer a moment ago, as this process knows. */
export type Resting = Map<string, Rest>;

export interface DeliverTools extends JobTools {
  audiences: Collection<Audience>;
  recipients: RecipientStore;
  destinations: Destinations;
  syncBatches: SyncBatches;
  newId: (prefix: string) => string;
  resting: Resting;
}

const lanes = 24;

/** Delivers rows, as many at once as the platform takes, and records, of each person, what came of it. */
export const deliverPeople = async (people: readonly Leased[], target: Target, tools: DeliverTools): Promise<void> => {
  const { audience, platform } = target;
  const place = audiencePlace(audience, platform);
  if (place === undefined) return;
  const { rowsMax } = platforms[platform];
  for (let start = 0; start < people.length; start += rowsMax) {
    const some = people.slice(start, start + rowsMax);
    const { id: audienceId, name: audienceName } = audience;
    const delivery = { audienceId, audienceName, place, rows: some.flatMap(rowsOf) };
    const outcome = await callPlatform(target, place, tools, () => tools.destinations.of(platform).deliver(delivery));
    await settleCall(some, outcome, target, tools);
  }
};

/** What came of a call: what the platform said, or why it did not take it; `tried` is false where it was left alone. */
export type Called = { outcome: DeliveryOutcome } | { fault: DeliveryFailed; tried: boolean };

/** After which there is no use in asking again at once, whatever is told. */
const rests: ReadonlySet<DeliveryFault> = new Set(['unavailable', 'unauthorized', 'blocked']);

/** Calls a platform unless it is left alone just now, and leaves it alone after it did not answer. */
export const callPlatform = async (
  { audience, platform }: Target,
  place: PlatformPlace,
  { resting, now }: Pick<DeliverTools, 'resting' | 'now'>,
  call: () => Promise<DeliveryOutcome>,
): Promise<Called> => {
  const name = `${audience.id} ${platform} ${placeText(place)}`;
  const rest = resting.get(name);
  const at = now().getTime();
  if (rest && rest.until > at) {
    return { fault: new DeliveryFailed(rest.error, 'unavailable', (rest.until - at) / 1000), tried: false };
  }
  try {
    const outcome = await call();
    resting.delete(name);
    return { outcome };
  } catch (fault) {
    if (!(fault instanceof DeliveryFailed)) throw fault;
    const { message: error, retryAfterSeconds } = fault;
    if (rests.has(fault.fault)) resting.set(name, restAfter(rest, { error, retryAfterSeconds }, now().getTime()));
    return { fault, tried: true };
  }
};

/** Records a call: whom the platform has taken, whom it never takes, and who is told of again. */
export const settleCall = async (
  people: readonly Leased[],
  called: Called,
  target: Target,
  tools: DeliverTools,
): Promise<void> => {
  if ('fault' in called) {
    const { fault, tried } = called;
    if (fault.fault === 'gone') await endSync(target, fault.message, tools);
    else await noteProblem(target, fault, tools);
    if (tried) await noteCall(people, { status: 'failed', error: fault.message }, new Set(), tools);
    return keepFailed(people, { ...fault, message: fault.message, tried }, tools);
  }
  const { refused, remoteId } = called.outcome;
  const reasons = new Map(refused.map(({ row, reason }) => [row, reason]));
  const refusedPeople = people.filter(one => rowsOf(one).some(({ row }) => reasons.has(row)));
  await settlePeople(
    people.filter(one => !refusedPeople.includes(one)),
    tools,
  );
  await inLanes(refusedPeople, lanes, async one => {
    const message = reasons.get(rowsOf(one)[0]?.row ?? '') ?? 'the platform refuses it';
    await keepFailed([one], { message, fault: 'refused', tried: true }, tools);
  });
  const status = refused.length === 0 ? ('taken' as const) : ('partial' as const);
  await noteCall(people, { status, remoteId, error: refused[0]?.reason }, new Set(refusedPeople), tools);
  await noteProblem(target, undefined, tools);
};

type Failed = Pick<DeliveryFailed, 'message' | 'fault'> & { retryAfterSeconds?: number | undefined; tried: boolean };

/** Keeps why with each person, and when it is tried again; whoever is not tried any more has failed. */
const keepFailed = async (people: readonly Leased[], failed: Failed, tools: DeliverTools): Promise<void> => {
  const { message: error, fault, tried, retryAfterSeconds } = failed;
  const now = tools.now();
  const final = fault === 'refused' || fault === 'gone';
  const syncIds = new Set<string>();
  await inLanes(people, lanes, async ({ lease, read }) => {
    const told = { error, tried, final, about: lease.profileId, retryAfterSeconds };
    const failure = nextFailure(lease.failure, told, now.getTime());
    // Differs from whatever was read before, so that nobody who has read that takes this turn for theirs.
    const leasedUntil = Math.max(now.getTime(), (read?.leasedUntil ?? 0) + 1);
    const kept = { ...lease, failure, leasedUntil, updatedAt: now.toISOString() };
    await tools.recipients.settle(kept, lease, failure.nextAt === undefined ? 'failed' : undefined);
    for (const syncId of lease.syncIds ?? []) syncIds.add(syncId);
  });
  for (const syncId of syncIds) await noteFault(syncId, error, tools);
};
