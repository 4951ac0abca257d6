import type { CreateSegmentTools } from './create-segment.ts';

const removedAtOnce = 90;

/** Removes what is kept of the versions of a segment that was deleted. */
export const clearVersions = async (
  segmentId: string,
  { segmentVersions, commitTogether }: Pick<CreateSegmentTools, 'segmentVersions' | 'commitTogether'>,
): Promise<void> => {
  const versions = segmentVersions(segmentId);
  const kept = await versions.all();
  for (let start = 0; start < kept.length; start += removedAtOnce) {
    await commitTogether(kept.slice(start, start + removedAtOnce).map(one => versions.removing(one)));
  }
};
