import type { Audience } from '../contract/audiences.ts';
import { listPartitions } from '../ports/profile-store.ts';

/** The sources of a sync that are no segment: everybody who was sent, and those whom the destination did not take. */
export const recipientsSource = 'recipients';
export const failedSource = 'failed';

/**
 * Whom an operation concerns: to add, those who may belong (where all segments are needed, those in the first); to
 * remove, those who were sent; to replace, both.
 */
export const sourcesOf = (
  { segmentIds, combine }: Pick<Audience, 'segmentIds' | 'combine'>,
  operation: 'add' | 'remove' | 'replace',
): string[] => {
  const candidates = combine === 'all' ? segmentIds.slice(0, 1) : segmentIds;
  return [...(operation === 'remove' ? [] : candidates), ...(operation === 'add' ? [] : [recipientsSource])];
};

export interface SourcePart {
  source: string;
  partition: number;
}

export const partsOf = (sources: readonly string[]): SourcePart[] =>
  sources.flatMap(source => Array.from({ length: listPartitions }, (_, partition) => ({ source, partition })));
