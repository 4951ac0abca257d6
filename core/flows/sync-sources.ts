import type { Audience } from '../contract/audiences.ts';
import { listPartitions } from '../ports/profile-store.ts';

/** The sources of a sync that are no segment: everybody who was sent, and those whom the destination did not take. */
export const recipientsSource = 'recipients';
export const failedSource = 'failed';

/** Whom an operation concerns: to add, those who belong; to remove, those who were sent; to replace, both. */
export const sourcesOf = (
  { segmentIds }: Pick<Audience, 'segmentIds'>,
  operation: 'add' | 'remove' | 'replace',
): string[] => [...(operation === 'remove' ? [] : segmentIds), ...(operation === 'add' ? [] : [recipientsSource])];

export interface SourcePart {
  source: string;
  partition: number;
}

export const partsOf = (sources: readonly string[]): SourcePart[] =>
  sources.flatMap(source => Array.from({ length: listPartitions }, (_, partition) => ({ source, partition })));
