import type { StoredSegment } from '../contract/segments.ts';
import { decideMembership } from '../engines/segments/decide-membership.ts';
import { notFound, Problem } from '../errors.ts';
import { inLanes } from '../model/in-lanes.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { Collection } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';

export interface MembersTools {
  segments: Collection<StoredSegment>;
  profiles: ProfileStore;
  memberships: MembershipStore;
  now: () => Date;
}

const roundsMax = 8;
const lanes = 16;

/** @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` for a segment that rules decide */
const manualSegment = async (id: string, { segments }: MembersTools): Promise<StoredSegment> => {
  const segment = await segments.get(id);
  if (!segment) throw notFound('Segment', id);
  if (segment.type === 'manual') return segment;
  throw new Problem('CONFLICT', `Segment ${id} is decided by its rules, not by hand`);
};

/**
 * Puts people into a manual segment. Tells how many were not in it, and of whom nobody knows.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const addMembers = async (
  segmentId: string,
  profileIds: readonly string[],
  tools: MembersTools,
): Promise<{ added: number; unknown: string[] }> => {
  const segment = await manualSegment(segmentId, tools);
  const ids = [...new Set(profileIds)];
  const outcomes = await inLanes(ids, lanes, id => setMember(segment, id, true, tools));
  return {
    added: outcomes.filter(outcome => outcome === 'changed').length,
    unknown: ids.filter((_, place) => outcomes[place] === 'unknown'),
  };
};

/**
 * Takes somebody out of a manual segment; who is not in it stays so.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT`
 */
export const removeMember = async (segmentId: string, profileId: string, tools: MembersTools): Promise<void> => {
  const segment = await manualSegment(segmentId, tools);
  if ((await setMember(segment, profileId, false, tools)) === 'unknown') throw notFound('Profile', profileId);
};

/** @throws Problem `CONFLICT` for somebody who is changed all the time */
const setMember = async (
  segment: StoredSegment,
  profileId: string,
  member: boolean,
  tools: MembersTools,
): Promise<'changed' | 'same' | 'unknown'> => {
  for (let round = 0; round < roundsMax; round += 1) {
    const profile = await tools.profiles.get(profileId);
    if (profile?.head.life !== 'live') return 'unknown';
    const outcome = await decide(segment, profile, member, tools);
    if (outcome !== 'lost') return outcome;
  }
  throw new Problem('CONFLICT', `Profile ${profileId} is changed all the time; try again`);
};

const decide = async (
  { id: segmentId, rulesVersion }: StoredSegment,
  { id: profileId, head }: ProfileState,
  member: boolean,
  { memberships, now }: MembersTools,
): Promise<'changed' | 'same' | 'lost'> => {
  const [read] = await memberships.ofSegment(segmentId, [profileId]);
  const stay = decideMembership(member, read, now().toISOString());
  if (!stay) return 'same';
  const decision = { profileId, segmentId, ...stay, profileVersion: head.version, segmentVersion: rulesVersion };
  return (await memberships.decide(decision, read)) ? 'changed' : 'lost';
};
