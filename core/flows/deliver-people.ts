import type { Audience } from '../contract/audiences.ts';
import { nextFailure } from '../engines/activation/retry-schedule.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { Collection } from '../ports/collection.ts';
import { DeliveryFailed, type Destinations } from '../ports/destination.ts';
import type { RecipientStore } from '../ports/recipient-store.ts';
import type { KeptBatch, SyncBatches } from '../ports/sync-batches.ts';
import { audiencePlace, placeText } from './audience-place.ts';
import { changeDocument } from './change-document.ts';
import { type Leased, rowOf, settlePeople } from './lease-people.ts';
import type { Target } from './plan-people.ts';
import { type JobTools, noteFault } from './stored-job.ts';

/** Destinations that did not answer a moment ago, as this process knows: until when (epoch ms) they are left alone. */
export type Resting = Map<string, { until: number; error: string }>;

export interface DeliverTools extends JobTools {
  audiences: Collection<Audience>;
  recipients: RecipientStore;
  destinations: Destinations;
  syncBatches: SyncBatches;
  newId: (prefix: string) => string;
  resting: Resting;
}

/** So that one that makes everybody wait for its time limit holds up the others once, and not with every batch. */
const restSeconds = 30;
const lanes = 24;

/** Delivers all rows at once and records, of each person, what came of it. */
export const deliverPeople = async (people: readonly Leased[], target: Target, tools: DeliverTools): Promise<void> => {
  const { audience, platform } = target;
  const place = audiencePlace(audience, platform);
  if (people.length === 0 || place === undefined) return;
  const restingPlace = `${audience.id} ${platform} ${placeText(place)}`;
  const rest = tools.resting.get(restingPlace);
  if (rest && rest.until > tools.now().getTime()) {
    return keepFailed(people, new DeliveryFailed(rest.error, 'unavailable'), false, tools);
  }
  const delivery = { audienceId: audience.id, audienceName: audience.name, place, rows: people.map(rowOf) };
  try {
    await tools.destinations.of(platform).deliver(delivery);
  } catch (fault) {
    if (!(fault instanceof DeliveryFailed)) throw fault;
    if (fault.fault === 'unavailable') {
      tools.resting.set(restingPlace, { until: tools.now().getTime() + restSeconds * 1000, error: fault.message });
    }
    if (fault.fault === 'gone') await endSync(target, fault.message, tools);
    await noteBatch(people, { status: 'failed', error: fault.message }, tools);
    return keepFailed(people, fault, true, tools);
  }
  await settlePeople(people, tools);
  await noteBatch(people, { status: 'taken' }, tools);
};

/** Notes a call with each of the syncs that it was made for. */
const noteBatch = async (
  people: readonly Leased[],
  outcome: Pick<KeptBatch, 'status' | 'error'>,
  { syncBatches, newId, now }: DeliverTools,
): Promise<void> => {
  const bySync = new Map<string, Leased[]>();
  for (const one of people) {
    for (const syncId of one.lease.syncIds ?? []) bySync.set(syncId, [...(bySync.get(syncId) ?? []), one]);
  }
  const id = newId('call');
  for (const [syncId, own] of bySync) {
    const taken = outcome.status === 'failed' ? [] : own;
    const added = taken.filter(({ step }) => step.operation === 'add').length;
    const counts = { added, removed: taken.length - added, refused: own.length - taken.length };
    await syncBatches.add(syncId, { id, at: now().toISOString(), ...counts, ...outcome });
  }
};

/** Keeps why with each person, and when it is tried again; whoever is not tried any more has failed. */
const keepFailed = async (
  people: readonly Leased[],
  { message: error, fault }: DeliveryFailed,
  tried: boolean,
  tools: DeliverTools,
): Promise<void> => {
  const now = tools.now();
  const syncIds = new Set<string>();
  await inLanes(people, lanes, async ({ lease, read }) => {
    const failure = nextFailure(lease.failure, { error, tried, final: fault !== 'unavailable' }, now.getTime());
    // Differs from whatever was read before, so that nobody who has read that takes this turn for theirs.
    const leasedUntil = Math.max(now.getTime(), (read?.leasedUntil ?? 0) + 1);
    const failed = { ...lease, failure, leasedUntil, updatedAt: now.toISOString() };
    await tools.recipients.settle(failed, lease, failure.nextAt === undefined ? 'failed' : undefined);
    for (const syncId of lease.syncIds ?? []) syncIds.add(syncId);
  });
  for (const syncId of syncIds) await noteFault(syncId, error, tools);
};

/** The destination is gone for good: the audience says so, and nothing more is sent until it is activated again. */
const endSync = async (
  { audience, platform }: Target,
  error: string,
  { audiences, now }: DeliverTools,
): Promise<void> => {
  const ended = audience.syncs.find(sync => sync.platform === platform)?.syncId;
  await changeDocument('Audience', audience.id, audiences, found => ({
    ...found,
    updatedAt: now().toISOString(),
    syncs: found.syncs.map(sync => (sync.syncId === ended ? { ...sync, active: false, error } : sync)),
  }));
};
