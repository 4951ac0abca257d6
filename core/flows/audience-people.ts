import type { Audience } from '../contract/audiences.ts';
import { belongsTo } from '../engines/activation/belongs-to.ts';
import type { MembershipStore } from '../ports/membership-store.ts';

const pageSize = 1000;

/** Everybody of one partition who is in a segment, by the list index. */
const peopleOfSegment = async (
  segmentId: string,
  partition: number,
  { memberships }: { memberships: MembershipStore },
): Promise<Set<string>> => {
  const people = new Set<string>();
  let after: string | undefined;
  do {
    const page = await memberships.membersOfPartition(segmentId, partition, pageSize, after);
    for (const { profileId } of page.members) people.add(profileId);
    after = page.next;
  } while (after !== undefined);
  return people;
};

/** Everybody of one partition who belongs to an audience. A person stands in the same partition of every segment. */
export const belongingIn = async (
  audience: Pick<Audience, 'segmentIds' | 'combine' | 'excludeSegmentIds'>,
  partition: number,
  tools: { memberships: MembershipStore },
): Promise<Set<string>> => {
  const ids = [...new Set([...audience.segmentIds, ...(audience.excludeSegmentIds ?? [])])];
  const found = await Promise.all(ids.map(id => peopleOfSegment(id, partition, tools)));
  const bySegment = new Map(ids.map((id, index) => [id, found[index] ?? new Set<string>()]));
  const candidates = new Set(audience.segmentIds.flatMap(id => [...(bySegment.get(id) ?? [])]));
  const isIn = (profileId: string) => new Set(ids.filter(id => bySegment.get(id)?.has(profileId)));
  return new Set([...candidates].filter(profileId => belongsTo(audience, isIn(profileId))));
};
