/** Who is in an audience, by the segments that they are in. */
export interface AudienceRule {
  segmentIds: readonly string[];
  /** Whether one of the segments is enough, or all of them are needed; `any` when absent. */
  combine?: 'any' | 'all' | undefined;
  excludeSegmentIds?: readonly string[] | undefined;
}

/**
 * Does somebody belong who is in these segments?
 *
 * @example belongsTo({ segmentIds: ['a', 'b'], combine: 'all', excludeSegmentIds: ['c'] }, new Set(['a', 'b'])) // true
 */
export const belongsTo = (
  { segmentIds, combine = 'any', excludeSegmentIds = [] }: AudienceRule,
  isIn: ReadonlySet<string>,
): boolean => {
  const within = (id: string) => isIn.has(id);
  const included = combine === 'all' ? segmentIds.every(within) : segmentIds.some(within);
  return included && !excludeSegmentIds.some(within);
};
