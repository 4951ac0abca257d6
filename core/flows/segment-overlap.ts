import type { StoredSegment } from '../contract/segments.ts';
import { addOverlap, intersectionsOf, noOverlap } from '../engines/segments/overlap.ts';
import { notFound } from '../errors.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { listPartitions } from '../ports/profile-store.ts';

interface OverlapTools {
  segments: Pick<Collection<StoredSegment>, 'get'>;
  memberships: Pick<MembershipStore, 'membersOfPartition'>;
}

const [pageSize, intersectionsMax] = [1000, 500];

/** How segments overlap, by their members as they stand: read part by part, so that not all of them are there at once. */
export const segmentOverlap = async (given: readonly string[], tools: OverlapTools) => {
  const segmentIds = [...new Set(given)];
  const found = await Promise.all(segmentIds.map(id => tools.segments.get(id)));
  const missing = segmentIds[found.indexOf(undefined)];
  if (missing !== undefined) throw notFound('Segment', missing);
  const overlap = noOverlap(segmentIds.length);
  for (let partition = 0; partition < listPartitions; partition += 1)
    addOverlap(overlap, await Promise.all(segmentIds.map(id => membersIn(id, partition, tools))));
  const named = intersectionsOf(overlap).slice(0, intersectionsMax);
  return {
    segmentIds,
    matrix: overlap.matrix,
    intersections: named.map(({ sets, ...counts }) => ({
      segmentIds: sets.flatMap(place => segmentIds[place] ?? []),
      ...counts,
    })),
    union: [...overlap.regions.values()].reduce((sum, people) => sum + people, 0),
  };
};

const membersIn = async (segmentId: string, partition: number, { memberships }: OverlapTools): Promise<string[]> => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await memberships.membersOfPartition(segmentId, partition, pageSize, after);
    for (const { profileId } of page.members) ids.push(profileId);
    after = page.next;
  } while (after !== undefined);
  return ids;
};
