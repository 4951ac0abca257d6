import type { StoredSegment } from '../contract/segments.ts';
import { notFound } from '../errors.ts';
import type { Profile } from '../model/profile.ts';
import type { Collection, Paged } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { membersAt } from './members-at.ts';
import { showProfiles } from './show-profiles.ts';

interface MembersTools {
  segments: Collection<StoredSegment>;
  memberships: MembershipStore;
  profiles: ProfileStore;
}

interface Member {
  profileId: string;
  enteredAt: string;
  profile: Profile;
}

/**
 * The members of a segment, who entered last first. The list may name someone who was erased a moment ago, who is left
 * out.
 *
 * @throws Problem `NOT_FOUND`
 */
export const listMembers = async (
  segmentId: string,
  { asOf, ...page }: Paged & { asOf?: string | undefined },
  { segments, memberships, profiles }: MembersTools,
): Promise<{ items: Member[]; total: number; nextCursor?: string }> => {
  if (!(await segments.get(segmentId))) throw notFound('Segment', segmentId);
  const { members, next, total } = asOf
    ? await membersAt(segmentId, asOf, page, memberships)
    : await membersNow(segmentId, page, memberships);
  const states = await profiles.getMany(members.map(({ profileId }) => profileId));
  const live = [...states.values()].filter(({ head }) => head.life === 'live');
  const shown = new Map((await showProfiles(live, { memberships })).map(profile => [profile.id, profile]));
  const items = members.flatMap(member => {
    const profile = shown.get(member.profileId);
    return profile ? [{ ...member, profile }] : [];
  });
  return { items, total, ...(next === undefined ? {} : { nextCursor: next }) };
};

const membersNow = async (segmentId: string, { limit, cursor, offset }: Paged, memberships: MembershipStore) => {
  const [page, total] = await Promise.all([
    memberships.members(segmentId, limit, cursor, offset),
    memberships.count(segmentId),
  ]);
  return { ...page, total };
};
