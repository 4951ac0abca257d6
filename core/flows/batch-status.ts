import type { BatchCounts, BatchIds, BatchStore } from '../ports/batch-store.ts';

const knownDays = 14;

export type BatchStatus = BatchCounts & { accepted: number; status: 'pending' | 'processing' | 'completed' };

/** What became of a batch, by the id that its answer gave; `undefined` for every other id and for batches of old. */
export const batchStatus = async (
  id: string,
  { batchIds, batches, now }: { batchIds: BatchIds; batches: BatchStore; now: () => Date },
): Promise<BatchStatus | undefined> => {
  const batch = await batchIds.open(id);
  if (!batch || now().getTime() - batch.at > knownDays * 86_400_000) return undefined;
  const counts = await batches.of(batch.batchId);
  const told = counts.processed + counts.duplicates + counts.quarantined + counts.refused;
  const status = told >= batch.accepted ? 'completed' : told > 0 ? 'processing' : 'pending';
  return { accepted: batch.accepted, ...counts, status };
};
