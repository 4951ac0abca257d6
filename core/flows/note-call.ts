import type { KeptBatch, SyncBatches } from '../ports/sync-batches.ts';
import type { Leased } from './lease-people.ts';

interface NoteTools {
  syncBatches: SyncBatches;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** Notes a call with each of the syncs that it was made for. */
export const noteCall = async (
  people: readonly Leased[],
  outcome: Pick<KeptBatch, 'status' | 'error' | 'remoteId'>,
  refused: ReadonlySet<Leased>,
  { syncBatches, newId, now }: NoteTools,
): Promise<void> => {
  const bySync = new Map<string, Leased[]>();
  for (const one of people) {
    for (const syncId of one.lease.syncIds ?? []) bySync.set(syncId, [...(bySync.get(syncId) ?? []), one]);
  }
  const id = newId('call');
  for (const [syncId, own] of bySync) {
    const taken = outcome.status === 'failed' ? [] : own.filter(one => !refused.has(one));
    const added = taken.filter(({ step }) => step.operation === 'add').length;
    const counts = { added, removed: taken.length - added, refused: own.length - taken.length };
    await syncBatches.add(syncId, { id, at: now().toISOString(), ...counts, ...outcome });
  }
};
